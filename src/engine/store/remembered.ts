/**
 * What was read of an index: questions that follow each other come upon the same rows and terms. After a change of the index
 * it is read anew, or, where the caller knows, what is still there stands. Bounded; what it would not hold is read anew.
 */
import type { StatesAround } from './connection.ts';

interface Known<Value> {
  readonly value: Value;
  /** Of the index, when it was known to hold. */
  state: string;
}

export class Remembered<Key, Value> {
  readonly #most: number;
  readonly #known = new Map<Key, Known<Value>>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * In the order of `keys`, without those that `read` gives nothing for. `state`: that of the index. `read`: called once, with
   * the keys that are not known, or not at all. `standing`: which of the keys known in another state still are what they
   * were; absent: none.
   */
  get(
    state: string,
    keys: readonly Key[],
    read: (missing: readonly Key[]) => ReadonlyMap<Key, Value>,
    standing: (known: readonly Key[]) => ReadonlySet<Key> = () => new Set(),
  ): Value[] {
    this.#forgetChanged(state, keys, standing);
    const missing = keys.filter((key) => !this.#known.has(key));
    const fresh = missing.length > 0 ? read(missing) : new Map<Key, Value>();
    const found = keys.flatMap((key) => this.#known.get(key)?.value ?? fresh.get(key) ?? []);
    this.#keep(state, fresh);
    return found;
  }

  /** What is known before a change of the index is so after it. */
  outlast({ before, after }: StatesAround): void {
    for (const known of this.#known.values()) if (known.state === before) known.state = after;
  }

  /** What is known under some keys has others now, old → new. `valueAs`: the same under its new key. */
  rename(keys: ReadonlyMap<Key, Key>, valueAs: (value: Value, key: Key) => Value): void {
    for (const [old, key] of keys) {
      const known = this.#known.get(old);
      if (!known) continue;
      this.#known.delete(old);
      this.#known.set(key, { value: valueAs(known.value, key), state: known.state });
    }
  }

  #forgetChanged(state: string, keys: readonly Key[], standing: (known: readonly Key[]) => ReadonlySet<Key>): void {
    const before = keys.filter((key) => (this.#known.get(key)?.state ?? state) !== state);
    if (before.length === 0) return;
    const still = standing(before);
    for (const key of before) {
      if (still.has(key)) this.#known.get(key)!.state = state;
      else this.#known.delete(key);
    }
  }

  #keep(state: string, fresh: ReadonlyMap<Key, Value>): void {
    if (fresh.size > this.#most) return;
    this.#makeRoom(fresh.size);
    for (const [key, value] of fresh) this.#known.set(key, { value, state });
  }

  /** What has been known longest goes first. */
  #makeRoom(places: number): void {
    for (const key of this.#known.keys()) {
      if (this.#known.size + places <= this.#most) return;
      this.#known.delete(key);
    }
  }
}
