/** Why a file gave no picture. app/report.ts has the sentence and the next step for each. */
export type SourceErrorCode =
  | 'nothing-given' // a drop or paste without any file in it
  | 'folder'
  | 'empty-file'
  | 'not-an-image'
  | 'heic'
  | 'tiff'
  | 'raw'
  | 'svg'
  | 'pdf'
  | 'video'
  | 'damaged-image'
  | 'too-large'
  | 'sample-unreachable';

export class SourceError extends Error {
  readonly code: SourceErrorCode;
  /** Name of the file, if there is one. */
  readonly file: string;

  constructor(code: SourceErrorCode, file = '', options?: ErrorOptions) {
    super(`${code}${file && `: ${file}`}`, options);
    this.name = 'SourceError';
    this.code = code;
    this.file = file;
  }
}
