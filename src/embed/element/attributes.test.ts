import { expect, it, vi } from 'vitest';

/** Loads the elements, which look for the browser's classes when they are loaded, with as much of a browser as their constructors need. */
async function loadElements() {
  const node = { setAttribute: vi.fn(), append: vi.fn(), addEventListener: vi.fn() };
  class FakeElement {
    readonly shadowRoot = node;
    attachShadow = () => node;
  }
  vi.stubGlobal('HTMLElement', FakeElement);
  vi.stubGlobal('ResizeObserver', class {});
  vi.stubGlobal('CSSStyleSheet', class { replaceSync = vi.fn(); }); // biome-ignore format: one line
  vi.stubGlobal('document', { createElement: () => ({ ...node }) });
  const [{ PoseImage }, { PoseCamera }] = await Promise.all([import('./pose-image'), import('./pose-camera')]);
  return { PoseImage, PoseCamera };
}

it.each([
  ['PoseImage', ['src', 'alt']],
  ['PoseCamera', ['autostart', 'facing', 'smoothing']],
] as const)('no attribute of %s is a member of it: React 19 and Vue would set that instead', async (name, own) => {
  const element = new (await loadElements())[name]();
  expect('draw' in element && 'canvas' in element).toBe(true); // its methods and its fields are seen
  const shared = ['backend', 'model-url', 'detector-url', 'mirrored', 'max-people', 'show'];
  expect([...own, ...shared].filter((attribute) => attribute in element)).toEqual([]);
});
