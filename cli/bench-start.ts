/**
 * Times the app's start: from navigation until the engine is ready, and until the first joints of a sample photo are shown, which is opened as
 * soon as the page offers it. Each round begins with an empty profile; the second start of a round is a new browser with what the first one
 * left: the service worker's files and compiled code and shaders.
 *
 *   npm run bench:start -- [--rounds N] [--backends wasm,webgpu] [--adapter swiftshader|gpu | --flags='--a --b']
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { ADAPTERS, findChromium, QUIET } from '../e2e/support/chromium';
import { choiceOf, countOf } from './arguments';

const PORT = 4191;
const SAMPLE = 'Astronaut';
const BACKENDS = { wasm: true, webgpu: true };
/** How long the browser is given to write its caches after the page has loaded what goes there, ms. */
const SETTLE = 3000;

/** Times from navigation, ms. */
interface Start {
  readonly ready: number;
  readonly pose: number;
  /** Shaders that the engine compiled. */
  readonly shaders: number;
}

declare global {
  var start: { ready?: number; pose?: number; shaders: number };
}

/** Runs in the page before anything else: records when it shows what, and opens the sample. */
function watch(sample: string): void {
  globalThis.start = { shaders: 0 };
  let opened = false;
  const look = () => {
    const badge = document.querySelector('[data-testid=engine]')?.textContent ?? '';
    if (/^(WebGPU|WebAssembly)/.test(badge)) start.ready ??= performance.now();
    start.shaders = Math.max(start.shaders, Number(/^Compiling shaders.* of (\d+)/.exec(badge)?.[1] ?? 0));
    if (document.querySelector('.people li')) start.pose ??= performance.now(); // the first result: a flip test follows
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(sample));
    if (opened || !button) return;
    opened = true;
    button.click();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}

async function startOnce(profile: string, args: readonly string[], backend: string): Promise<Start> {
  const context = await chromium.launchPersistentContext(profile, { executablePath: findChromium(), args: [...args] });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, SAMPLE);
    await page.goto(`http://localhost:${PORT}/?backend=${backend}`);
    await page.waitForFunction(() => start.pose, undefined, { timeout: 600_000 });
    const { ready = Number.NaN, pose = Number.NaN, shaders } = await page.evaluate(() => start);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.waitForTimeout(SETTLE);
    return { ready, pose, shaders };
  } finally {
    await context.close();
  }
}

function print(name: string, starts: readonly Start[]) {
  const at = (what: 'ready' | 'pose', part: number) => {
    const times = starts.map((start) => start[what]).sort((a, b) => a - b);
    return Math.round(times[Math.floor(part * times.length)] ?? Number.NaN);
  };
  return {
    start: name,
    'ready: median ms': at('ready', 0.5),
    'ready: fastest ms': at('ready', 0),
    'pose: median ms': at('pose', 0.5),
    'pose: fastest ms': at('pose', 0),
    shaders: Math.max(...starts.map(({ shaders }) => shaders)),
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      backends: { type: 'string', default: 'wasm,webgpu' },
      adapter: { type: 'string', default: 'swiftshader' },
      flags: { type: 'string' },
    },
  });
  const rounds = countOf('rounds', values.rounds);
  const adapter = choiceOf('adapter', values.adapter, ADAPTERS);
  const backends = values.backends.split(',').map((name) => choiceOf('backends', name, BACKENDS));
  const args = [...QUIET, ...(values.flags?.split(' ') ?? ADAPTERS[adapter])];
  await build({ logLevel: 'warn' });
  const server = await preview({ preview: { port: PORT, strictPort: true } });
  const starts = new Map<string, Start[]>();
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const backend of backends) {
        const profile = mkdtempSync(join(tmpdir(), 'posecade-start-'));
        for (const cache of ['empty cache', 'cached']) {
          const name = `${backend}, ${cache}`;
          starts.set(name, [...(starts.get(name) ?? []), await startOnce(profile, args, backend)]);
        }
        rmSync(profile, { recursive: true, force: true });
      }
  } finally {
    await server.close();
  }
  console.table([...starts].map(([name, list]) => print(name, list)));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
