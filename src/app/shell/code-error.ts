/** A part of the page's code is not there: the network has gone, or another version took its place on the server. */
export class CodeError extends Error {
  readonly code = 'code-missing';

  constructor(options?: ErrorOptions) {
    super('a part of the page could not be loaded', options);
    this.name = 'CodeError';
  }
}

/** As Chromium, Firefox and WebKit say it of an import. */
const IMPORT_FAILED = /dynamically imported module|importing a module script failed|unable to preload/i;

export function isCodeMissing(error: unknown): boolean {
  return error instanceof CodeError || (error instanceof Error && IMPORT_FAILED.test(error.message));
}
