import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

type Chunk = Rolldown.OutputChunk;

export type Output = Rolldown.RolldownOutput['output'];

/** What a build of the app, or of another configuration, would write, without writing it. */
export async function buildFiles(configFile = 'vite.config.ts'): Promise<Output> {
  const result = await build({ configFile, logLevel: 'error', build: { write: false } });
  if (!('output' in result)) throw new Error('the build gave no output');
  return result.output;
}

/** A chunk and all that it imports statically. */
function withImports(chunk: Chunk, chunks: ReadonlyMap<string, Chunk>, seen = new Set<Chunk>()): ReadonlySet<Chunk> {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const name of chunk.imports) {
    const imported = chunks.get(name);
    if (imported) withImports(imported, chunks, seen);
  }
  return seen;
}

const chunksOf = (output: Output) =>
  new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));

/** Gzipped bytes of these chunks and of all that they import statically, each once. */
function bytesWithImports(roots: readonly Chunk[], chunks: ReadonlyMap<string, Chunk>): number {
  const needed = new Set(roots.flatMap((chunk) => [...withImports(chunk, chunks)]));
  return [...needed].reduce((sum, { code }) => sum + gzipSync(code).length, 0);
}

/** Gzipped bytes of the JavaScript that a first visit runs on the page's own thread: the entry and one screen. */
export function firstPageBytes(output: Output, screen: string): number {
  const chunks = chunksOf(output);
  const roots = [...chunks.values()].filter(({ isEntry, facadeModuleId }) => isEntry || facadeModuleId?.endsWith(screen));
  if (roots.length !== 2) throw new Error(`the build has ${roots.length} of the entry and ${screen}`);
  return bytesWithImports(roots, chunks);
}

/** Gzipped bytes of the JavaScript that a page loads with one of a library's modules. Throws an Error if there is none of that name. */
export function moduleBytes(output: Output, name: string): number {
  const chunks = chunksOf(output);
  const root = chunks.get(name);
  if (!root) throw new Error(`the build has no ${name}`);
  return bytesWithImports([root], chunks);
}

/** Gzipped bytes of the files whose names match. Throws an Error if none does. */
export function bytesOf(output: Output, name: RegExp): number {
  const files = output.filter(({ fileName }) => name.test(fileName));
  if (files.length === 0) throw new Error(`the build has no file like ${name}`);
  return files.reduce((sum, file) => sum + gzipSync(file.type === 'chunk' ? file.code : file.source).length, 0);
}
