/** An import path of the package, and the module behind it. */
export interface Entry {
  /** As others import it: '.', './worker'. */
  readonly path: string;
  /** Module of the build, without its extension. */
  readonly name: string;
  /** Its source, relative to the repository. */
  readonly source: string;
}

/** For browsers; only ./react needs another package, which is React. */
export const ENTRIES: readonly Entry[] = [
  { path: '.', name: 'posecade', source: 'src/index.ts' },
  { path: './element', name: 'element', source: 'src/element.ts' },
  { path: './react', name: 'react', source: 'src/react.ts' },
  { path: './worker', name: 'worker', source: 'src/worker.ts' },
];

/** For Node; node.config.ts builds it. */
export const NODE_ENTRY: Entry = { path: './node', name: 'node/index', source: 'src/node/index.ts' };

/** The engine's worker; src/embed/engine-worker.ts knows it by this name, too. */
export const WORKER_FILE = 'engine-worker.js';
