/** Why an export could not be made. report.ts has the sentence and the next step for each. */
export type ExportErrorCode = 'export-too-large';

export class ExportError extends Error {
  readonly code: ExportErrorCode;

  constructor(code: ExportErrorCode) {
    super(code);
    this.name = 'ExportError';
    this.code = code;
  }
}
