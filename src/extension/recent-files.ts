/**
 * The files used last, each once, the last one first. In memory, for as long as the window lives, and never more than a few.
 * Pure: what counts as use is `working-set.ts`'s business.
 */

const MOST_FILES = 20;

export class RecentFiles {
  /** Insertion order is the order of use, oldest first. */
  readonly #paths = new Set<string>();

  note(path: string): void {
    this.#paths.delete(path);
    this.#paths.add(path);
    const [oldest] = this.#paths;
    if (this.#paths.size > MOST_FILES) this.#paths.delete(oldest!);
  }

  paths(): readonly string[] {
    return [...this.#paths].reverse();
  }
}
