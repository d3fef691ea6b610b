/** Why work could not be kept. app/report.ts has the sentence and the next step for each. */
export type StoreErrorCode =
  | 'storage-full'
  | 'storage-blocked' // there is no database here, or it cannot be opened
  | 'storage-failed' // it was there, and refused
  | 'session-elsewhere'; // another tab has it open

export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** What a database's failure means; a StoreError is that already. */
export function storeError(cause: unknown, otherwise: StoreErrorCode = 'storage-failed'): StoreError {
  if (cause instanceof StoreError) return cause;
  const full = cause instanceof Error && cause.name === 'QuotaExceededError';
  return new StoreError(full ? 'storage-full' : otherwise, { cause });
}
