/** Debian's Firefox and WebKit. Playwright drives only its own builds of them, which no distribution ships. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import type { Readable } from 'node:stream';
import puppeteer from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';

/** The part of a browser that the journeys use. */
export interface OtherBrowser {
  open(address: string): Promise<void>;
  /** Runs a self-contained function in the page, with plain values. */
  run<Given extends readonly unknown[], T>(action: (...given: Given) => T | Promise<T>, ...given: Given): Promise<T>;
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface OtherBrowserKind {
  readonly name: string;
  /** Debian's packages. */
  readonly packages: string;
  /** All of these must exist. */
  readonly files: readonly string[];
  start(): Promise<OtherBrowser>;
}

const SIZE = { width: 1280, height: 900 };
const PATIENCE_MS = 600_000;
/** Time in which a display or a driver starts, even on a busy machine. */
const START_MS = 120_000;

async function startFirefox(): Promise<OtherBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    protocolTimeout: PATIENCE_MS,
    // A fake camera, allowed without a prompt; videos may play by themselves.
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
    },
  });
  const page = await browser.newPage();
  await page.setViewport(SIZE);
  return {
    open: async (address) => void (await page.goto(address)),
    run: (action, ...given) => page.evaluate(action as unknown as (...all: unknown[]) => never, ...given),
    screenshot: async () => Buffer.from(await page.screenshot()),
    close: () => browser.close(),
  };
}

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until Xvfb has chosen a display and opened it, and returns its name. */
async function displayOf(screen: ChildProcess): Promise<string> {
  const [chosen] = await once(screen.stdio[3] as Readable, 'data', { signal: AbortSignal.timeout(START_MS) });
  return `:${String(chosen).trim()}`;
}

async function webkitSession(port: number) {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
  });
  const deadline = Date.now() + START_MS;
  for (;;) {
    try {
      return await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500)); // the driver is starting
    }
  }
}

async function startWebKit(): Promise<OtherBrowser> {
  const started: ChildProcess[] = [];
  const start = (command: string, given: readonly string[], env: NodeJS.ProcessEnv) => {
    // a process group of its own, which is ended as a whole; its file descriptor 3 is read here
    const child = spawn(command, given, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
    started.push(child);
    return child;
  };
  const end = () => started.forEach(endGroup);
  try {
    const size = `${SIZE.width}x${SIZE.height}x24`;
    const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], process.env);
    const port = await freePort();
    start('dbus-run-session', ['--', 'WebKitWebDriver', `--port=${port}`], {
      ...process.env,
      DISPLAY: await displayOf(screen),
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // the sandbox needs privileges that containers lack
    });
    const session = await webkitSession(port);
    await session.manage().setTimeouts({ script: PATIENCE_MS, pageLoad: PATIENCE_MS });
    return {
      open: (address) => session.get(address),
      run: async (action, ...given) => {
        const script = `const [given, done] = arguments;
          Promise.resolve().then(() => (${action})(...given)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
        const { value, error } = await session.executeAsyncScript<{ value: never; error?: string }>(script, given);
        if (error) throw new Error(error);
        return value;
      },
      screenshot: async () => Buffer.from(await session.takeScreenshot(), 'base64'),
      close: async () => {
        try {
          await session.quit();
        } finally {
          end();
        }
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid);
  } catch {
    // it has already ended
  }
}

export const OTHER_BROWSERS: readonly OtherBrowserKind[] = [
  { name: 'Firefox', packages: 'firefox-esr', files: ['/usr/bin/firefox-esr'], start: startFirefox },
  {
    name: 'WebKit',
    packages: 'webkit2gtk-driver xvfb dbus',
    files: ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', '/usr/bin/dbus-run-session', MINI_BROWSER],
    start: startWebKit,
  },
];

export const isInstalled = ({ files }: OtherBrowserKind): boolean => files.every((file) => existsSync(file));
