/**
 * What was read of an index, for as long as nothing in it changes: questions that follow each other come upon the same rows
 * and terms. Bounded; what it would not hold is read anew.
 */
export class Remembered<Key, Value> {
  readonly #most: number;
  readonly #values = new Map<Key, Value>();
  #state = '';

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * In the order of `keys`, without those that `read` gives nothing for. `state`: that of the index. `read`: called once, with
   * the keys that are not known, or not at all.
   */
  get(state: string, keys: readonly Key[], read: (missing: readonly Key[]) => ReadonlyMap<Key, Value>): Value[] {
    if (state !== this.#state) this.#values.clear();
    this.#state = state;
    const missing = keys.filter((key) => !this.#values.has(key));
    const fresh = missing.length > 0 ? read(missing) : new Map<Key, Value>();
    const found = keys.flatMap((key) => this.#values.get(key) ?? fresh.get(key) ?? []);
    this.#keep(fresh);
    return found;
  }

  #keep(fresh: ReadonlyMap<Key, Value>): void {
    if (this.#values.size + fresh.size > this.#most) this.#values.clear();
    if (fresh.size > this.#most) return;
    for (const [key, value] of fresh) this.#values.set(key, value);
  }
}
