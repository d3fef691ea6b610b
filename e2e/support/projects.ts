import type { Project } from 'playwright/test';
import { findChromium, QUIET, SWIFTSHADER } from './chromium';
import { addressOf, type Site } from './sites';

/** Builds a site, or the library, once, before the first test that needs it; not at all if no such test is selected. */
export const build = (what: Site | 'library'): Project => ({
  name: `build ${what}`,
  testMatch: `build/${what}.ts`,
  timeout: 600_000,
});

const on = (site: Site, args: readonly string[]): Project => ({
  dependencies: [`build ${site}`],
  use: { baseURL: addressOf(site), launchOptions: { executablePath: findChromium(), args: [...QUIET, ...args] } },
});

/** Tests of a site without WebGPU, even where there is a GPU; most tests run this way. */
export const plain = (site: Site): Project => on(site, ['--disable-blink-features=WebGPU']);

/** Tests of a site on real WebGPU, on the CPU: shaders take minutes there on a slow machine. */
export const webgpu = (site: Site): Project => ({ timeout: 900_000, ...on(site, SWIFTSHADER) });
