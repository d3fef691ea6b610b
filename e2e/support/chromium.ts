import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';

/** Flags for every browser that is started here. */
export const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU on the CPU, for machines without a GPU: slow, but the real thing. */
export const SWIFTSHADER = [
  '--enable-unsafe-webgpu',
  '--use-angle=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
];

/** WebGPU on the machine's own GPU. */
const GPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

/** Flags by the kind of adapter. */
export const ADAPTERS = { gpu: GPU, swiftshader: SWIFTSHADER } as const;

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium to test with: POSECADE_CHROMIUM, else the system's, else Playwright's own download. Throws an error that says how to get one. */
export function findChromium(): string {
  const asked = process.env.POSECADE_CHROMIUM;
  if (asked && !existsSync(asked)) throw new Error(`POSECADE_CHROMIUM names ${asked}, which is not there.`);
  const found = [asked, ...SYSTEM, chromium.executablePath()].find((path) => path && existsSync(path));
  if (!found) {
    throw new Error(
      'The end-to-end tests found no Chromium: install one (Debian: apt-get install chromium; anywhere: npx playwright install chromium) or name one in POSECADE_CHROMIUM.',
    );
  }
  return found;
}

/** Path of the manifest of SwiftShader's Vulkan driver that comes with Chromium; undefined: there is none, or no Vulkan on this system. */
export function findSwiftShader(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const folders = [dirname(realpathSync(findChromium())), '/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
  return folders.map((folder) => join(folder, 'vk_swiftshader_icd.json')).find((path) => existsSync(path));
}

/** Environment variables that make this Vulkan's only driver; the Vulkan loader may be the one beside it. */
export const vulkan = (driver = ''): Readonly<Record<string, string>> => ({
  VK_ICD_FILENAMES: driver,
  VK_DRIVER_FILES: driver,
  LD_LIBRARY_PATH: dirname(driver),
});
