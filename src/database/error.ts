/** Why work could not be saved. app/shell/report.ts has the sentence and the next step for each. */
export type DatabaseErrorCode =
  | 'storage-full'
  | 'storage-blocked' // there is no database here, or it cannot be opened
  | 'storage-failed' // there is one, but it refused
  | 'record-refused' // everything else could be saved
  | 'session-gone' // it has been deleted meanwhile
  | 'session-elsewhere' // it is open in another tab
  | 'session-taken'; // another tab has opened it since

export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
  /** Names of the affected images, unless all are affected. */
  readonly images: readonly string[];

  constructor(code: DatabaseErrorCode, options?: ErrorOptions & { readonly images?: readonly string[] }) {
    super(code, options);
    this.name = 'DatabaseError';
    this.code = code;
    this.images = options?.images ?? [];
  }
}

/** Converts a database failure; a DatabaseError is returned as it is. */
export function databaseError(cause: unknown, otherwise: DatabaseErrorCode = 'storage-failed'): DatabaseError {
  if (cause instanceof DatabaseError) return cause;
  const full = cause instanceof Error && cause.name === 'QuotaExceededError';
  return new DatabaseError(full ? 'storage-full' : otherwise, { cause });
}
