/** Tells whether the user was away for so long that changes may have gone unseen. Pure. */

/** The watcher may have missed changes while the machine slept or another program was at work. */
const LONG_MS = 5 * 60_000;
/** Where the watcher is told to leave out files, other programs' changes are never told. */
const LONG_UNWATCHED_MS = 10_000;

export class Absence {
  #sinceMs: number | null = null;

  begin(nowMs: number): void {
    this.#sinceMs ??= nowMs;
  }

  /** True after a long one. `isUnwatched`: the watcher leaves out files. */
  end(nowMs: number, isUnwatched: boolean): boolean {
    const sinceMs = this.#sinceMs;
    this.#sinceMs = null;
    return sinceMs !== null && nowMs - sinceMs > (isUnwatched ? LONG_UNWATCHED_MS : LONG_MS);
  }
}
