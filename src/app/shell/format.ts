import type { Backend } from '../../engine/protocol';

/** 1 image, 2 images. */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const BACKEND_NAME: Readonly<Record<Backend, string>> = { webgpu: 'WebGPU', wasm: 'WebAssembly' };

/** Milliseconds in readable form: 8.4 ms, 84 ms, 1.3 s. */
export function duration(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

/** The current time for a file name: 2026-01-31T12-30-00 (UTC). */
export function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '-');
}

/** Seconds as a player shows them: 0:07.25, 12:00.00. */
export function clock(seconds: number): string {
  const hundredths = Math.floor(seconds * 100 + 1e-6);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${Math.floor(hundredths / 6000)}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/** 1234567 -> 1.2 MB, 1234 -> 1 kB (decimal, as downloads are stated). */
export function megabytes(bytes: number): string {
  if (bytes < 1e5) return `${Math.ceil(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Maximum number of files named in a sentence. */
const NAMED = 3;

/** The files that a sentence is about: a.jpg, b.jpg, c.jpg and 2 more. */
export function namesOf(files: readonly string[]): string {
  const more = files.length - NAMED;
  return `${files.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** why: the rest of the sentence, with its punctuation. */
export function asideSentence(others: number, why = ''): string {
  return others > 0 ? `${count(others, 'other file')} ignored${why}.` : '';
}

/** Shown for an image whose file is truncated. */
export const INCOMPLETE = 'The file is incomplete; the bottom of the image may be missing.';
