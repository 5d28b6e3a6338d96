/**
 * Tells what the panel has put into its box from what the user types: the editor reports both alike, and under load so late
 * that the panel has gone on meanwhile. Taken for typed in, an old value would ask the old question again. Pure.
 */
export class OwnValues {
  /** Set and not reported yet, the last one last. */
  #pending: readonly string[] = [];

  /** Call it before the box is given a value. */
  note(value: string): void {
    this.#pending = [...this.#pending, value];
  }

  /** Whether a reported value is one that the panel has set. The editor reports in order and may leave some out. */
  isEcho(value: string): boolean {
    const at = this.#pending.indexOf(value);
    // What the user has typed stands in the way of what was set before: if that comes after all, it is news.
    this.#pending = at < 0 ? [] : this.#pending.slice(at + 1);
    return at >= 0;
  }
}
