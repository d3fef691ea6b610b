/** Why a model cannot be used. The engine passes `code` on unchanged. */
export type ModelErrorCode = 'contract-mismatch' | 'weights-unreachable' | 'weights-damaged';

export class ModelError extends Error {
  readonly code: ModelErrorCode;

  constructor(code: ModelErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = 'ModelError';
    this.code = code;
  }
}
