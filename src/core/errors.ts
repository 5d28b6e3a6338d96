/** The one error class that crosses boundaries: a code for programs and one clear sentence for people. */

export type ErrorCode =
  | 'usage'
  | 'folder-not-found'
  | 'index-locked'
  | 'index-unreadable'
  | 'index-write-failed'
  | 'model-unusable'
  | 'model-unavailable'
  | 'engine-crashed'
  | 'engine-stopped'
  | 'cancelled';

export class KenningError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'KenningError';
    this.code = code;
  }

  /** An error's own sentence is left out otherwise: states that hold different errors would look alike. */
  toJSON(): object {
    return { code: this.code, message: this.message };
  }
}
