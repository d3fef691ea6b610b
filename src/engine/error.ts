/** Why the engine does not start or does not answer. */
export type EngineErrorCode =
  | 'no-backend' // neither WebGPU nor WASM starts and runs the network
  | 'weights-unreachable'
  | 'weights-damaged' // size or hash differs from the contract
  | 'contract-mismatch' // this code cannot run the contract
  | 'compile-failed'
  | 'device-lost' // in a page: twice within half a minute; in Node: once
  | 'out-of-memory'
  | 'worker-crashed'
  | 'estimate-failed';

export interface EngineFailure {
  readonly code: EngineErrorCode;
  /** For the console and bug reports; the page shows its own sentence. */
  readonly detail: string;
}

/** What a GPU device reports outside any promise. uncaptured-error: an error that reached no promise; tests fail on it. */
export type DeviceEvent =
  | { readonly type: 'device-lost'; readonly reason: string }
  | { readonly type: 'uncaptured-error'; readonly message: string };

/** Recognised by its text: what our own code and browsers throw if a buffer, an array or the heap of WebAssembly cannot be allocated. */
export const isOutOfMemory = (error: unknown): boolean => /out of memory|allocation failed/i.test(String(error));

/** What keeps a GPU from running the networks, but not WebAssembly; as clauses. */
export const GPU_FAILURES: ReadonlyMap<EngineErrorCode, string> = new Map([
  ['compile-failed', 'the graphics driver rejected the shaders'],
  ['out-of-memory', 'the GPU has too little memory'],
  ['device-lost', 'the GPU was lost while starting'],
]);

/** A failure of the engine as an exception. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(failure: EngineFailure, options?: ErrorOptions) {
    super(`${failure.code}: ${failure.detail}`, options);
    this.name = 'EngineError';
    this.code = failure.code;
  }
}

/** Whether the device was lost. In a page, the client restarts it by itself, so if the engine has not failed, only that frame is lost. */
export const isDeviceLost = (error: unknown): boolean => error instanceof EngineError && error.code === 'device-lost';
