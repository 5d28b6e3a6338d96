/** The questions that led somewhere, the last one first, kept with the workspace. */

/** As far as it is needed: the editor's store for a workspace. */
export interface Storage {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): Thenable<void>;
}

export const MOST_QUERIES = 30;
const KEY = 'kenning.history';

export class QueryHistory {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Each once. */
  get queries(): readonly string[] {
    return this.#storage.get<readonly string[]>(KEY, []);
  }

  note(query: string): void {
    const text = query.trim();
    if (text === '' || text === this.queries[0]) return;
    this.#keep([text, ...this.#without(text)].slice(0, MOST_QUERIES));
  }

  remove(query: string): void {
    this.#keep(this.#without(query));
  }

  clear(): void {
    this.#keep([]);
  }

  /** The same but for letter case is the same. */
  #without(query: string): string[] {
    return this.queries.filter((each) => each.toLowerCase() !== query.toLowerCase());
  }

  #keep(queries: readonly string[]): void {
    void this.#storage.update(KEY, queries);
  }
}
