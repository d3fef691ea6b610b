/** Debian's Firefox and WebKit. Playwright drives only its own builds of them, which no distribution ships. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
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

const DISPLAY = ':87';
const DRIVER_PORT = 4487;
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

async function webkitSession() {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
  });
  for (let left = 20; ; left -= 1) {
    try {
      return await new Builder().usingServer(`http://127.0.0.1:${DRIVER_PORT}`).withCapabilities(capabilities).build();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500)); // the driver is starting
    }
  }
}

async function startWebKit(): Promise<OtherBrowser> {
  const screen = spawn('Xvfb', [DISPLAY, '-screen', '0', `${SIZE.width}x${SIZE.height}x24`, '-nolisten', 'tcp'], {
    stdio: 'ignore',
  });
  const environment = {
    ...process.env,
    DISPLAY,
    GDK_BACKEND: 'x11',
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // the sandbox needs privileges that containers lack
  };
  const driver = spawn('dbus-run-session', ['--', 'WebKitWebDriver', `--port=${DRIVER_PORT}`], {
    env: environment,
    stdio: 'ignore',
    detached: true, // a process group of its own, which is ended as a whole
  });
  const end = () => {
    endGroup(driver);
    screen.kill();
  };
  try {
    const session = await webkitSession();
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
        await session.quit();
        end();
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
