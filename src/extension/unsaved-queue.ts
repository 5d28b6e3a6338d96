/**
 * Decides when what is typed is told to the engine: after a short rest, and at once when a file is as on disk again. Pure but
 * for timers; which files there are is `unsaved-buffers.ts`'s business.
 */

const REST_MS = 300;
/** A larger text is no hand-written code, and would cross to the engine with every rest. */
export const MOST_CHARS = 2 ** 20;

/** `text`: null when the file is as on disk again. */
export type Tell = (file: string, text: string | null) => void;

export class UnsavedQueue {
  readonly #tell: Tell;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #told = new Set<string>();

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  /** `file` holds something else than on disk; `read` gives it when it is asked for. */
  typed(file: string, read: () => string): void {
    clearTimeout(this.#timers.get(file));
    const timer = setTimeout(() => {
      this.#timers.delete(file);
      const text = read();
      if (text.length > MOST_CHARS) return this.#takeBack(file);
      this.#told.add(file);
      this.#tell(file, text);
    }, REST_MS);
    this.#timers.set(file, timer);
  }

  /** `file` was saved, reverted or closed. */
  settled(file: string): void {
    clearTimeout(this.#timers.get(file));
    this.#timers.delete(file);
    this.#takeBack(file);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #takeBack(file: string): void {
    if (this.#told.delete(file)) this.#tell(file, null);
  }
}
