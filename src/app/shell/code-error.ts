/** A part of the page's code is missing: the network is down, or another version has replaced it on the server. */
export class CodeError extends Error {
  readonly code = 'code-missing';

  constructor(options?: ErrorOptions) {
    super('a part of the page could not be loaded', options);
    this.name = 'CodeError';
  }
}

/** How Chromium, Firefox and WebKit report a failed import. */
const IMPORT_FAILED = /dynamically imported module|importing a module script failed|unable to preload/i;

export function isCodeMissing(error: unknown): boolean {
  return error instanceof CodeError || (error instanceof Error && IMPORT_FAILED.test(error.message));
}
