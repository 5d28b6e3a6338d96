/** Whether an answer has been looked at: it stood there for a while before something else did. Pure. */

/** Long enough to have read a few names. */
const LOOKED_AT_MS = 2000;

export class Attention {
  readonly #nowMs: () => number;
  #query: string | null = null;
  #sinceMs = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /**
   * Null: nothing that answers a question is shown. Returns the question whose answer was looked at before, if one was.
   * One that is typed on was a beginning, however long its answer stood there.
   */
  turnTo(query: string | null): string | null {
    const before = this.#query;
    if (query === before) return null;
    const wasLookedAt = before !== null && this.#nowMs() - this.#sinceMs >= LOOKED_AT_MS;
    const isBeginning = before !== null && query?.startsWith(before);
    this.#query = query;
    this.#sinceMs = this.#nowMs();
    return wasLookedAt && !isBeginning ? before : null;
  }
}
