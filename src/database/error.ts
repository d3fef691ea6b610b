/** Why work could not be saved. app/shell/report.ts has the sentence and the next step for each. */
export type DatabaseErrorCode =
  | 'storage-full'
  | 'storage-blocked' // there is no database here, or it cannot be opened
  | 'storage-failed' // it was there, and refused
  | 'record-refused' // all but these could be saved
  | 'session-elsewhere' // another tab has it open
  | 'session-taken'; // another tab has opened it since

export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
  /** Names of the images that it is about, if it is not about all. */
  readonly images: readonly string[];

  constructor(code: DatabaseErrorCode, options?: ErrorOptions & { readonly images?: readonly string[] }) {
    super(code, options);
    this.name = 'DatabaseError';
    this.code = code;
    this.images = options?.images ?? [];
  }
}

/** What a database's failure means; a DatabaseError is that already. */
export function databaseError(cause: unknown, otherwise: DatabaseErrorCode = 'storage-failed'): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  const full = cause instanceof Error && cause.name === 'QuotaExceededError';
  return new DatabaseError(full ? 'storage-full' : otherwise, { cause });
}
