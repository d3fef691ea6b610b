import type { EngineErrorCode, EngineFailure } from './protocol';

/** A failure of the engine as something to throw. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(failure: EngineFailure, options?: ErrorOptions) {
    super(`${failure.code}: ${failure.detail}`, options);
    this.name = 'EngineError';
    this.code = failure.code;
  }
}
