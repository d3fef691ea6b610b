/** An address of the package, and what is behind it. */
export interface Entry {
  /** As others import it: '.', './worker'. */
  readonly path: string;
  /** Module of the build, without its ending. */
  readonly name: string;
  /** Its source, relative to the repository. */
  readonly source: string;
}

/** For browsers, none of which needs another package. */
export const ENTRIES: readonly Entry[] = [
  { path: '.', name: 'posecade', source: 'src/index.ts' },
  { path: './worker', name: 'worker', source: 'src/worker.ts' },
];

/** The engine's worker; src/embed/engine-worker.ts knows it by this name, too. */
export const WORKER_FILE = 'engine-worker.js';
