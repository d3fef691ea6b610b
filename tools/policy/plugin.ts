import type { Plugin } from 'vite';

/**
 * What the app's page may load: its own files, and the images, videos and bytes that the user opens, which are blobs. Nothing from another
 * origin, no inline script or style, no eval; WebAssembly may be compiled.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Writes the policy into the built page: most static hosts send no custom headers. */
export function policy(): Plugin {
  return {
    name: 'posecade-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  };
}
