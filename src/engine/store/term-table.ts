/** The terms that occur in an index: stems, and whole identifiers. */
import type { Connection, StatesAround } from './connection.ts';
import { Remembered } from './remembered.ts';
import { isSoundTerm, type TermRow } from './row-check.ts';

const KEPT_TERMS = 10_000;

/** `id`: null for a term that does not occur. */
interface FoundTerm {
  readonly term: string;
  readonly id: number | null;
}

export class TermTable {
  readonly #connection: Connection;
  readonly #known = new Remembered<string, FoundTerm>(KEPT_TERMS);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Term ids of those terms that occur at all. */
  ids(terms: readonly string[]): Map<string, number> {
    const found = this.#known.get(this.#connection.state(), terms, (missing) => this.#read(missing));
    return new Map(found.flatMap(({ term, id }) => (id === null ? [] : [[term, id] as const])));
  }

  /** A change has added no term. */
  outlast(states: StatesAround): void {
    this.#known.outlast(states);
  }

  #read(terms: readonly string[]): Map<string, FoundTerm> {
    const statement = this.#connection.statement('SELECT term, id, term_check FROM terms WHERE term = ?');
    const rows = this.#connection.guard(() =>
      terms.map((term) => statement.get(term) as unknown as TermRow | undefined),
    );
    const idOf = (row: TermRow | undefined): number | null =>
      row && this.#connection.isSound(isSoundTerm(row)) ? row.id : null;
    return new Map(rows.map((row, i) => [terms[i]!, { term: terms[i]!, id: idOf(row) }]));
  }

  /**
   * Terms that begin as `start` does and are between `shortest` and `longest` characters long. Of its first letters or its
   * last one, one at least is that of `like`.
   */
  near(start: string, like: string, shortest: number, longest: number): string[] {
    const end = start.slice(0, -1) + String.fromCodePoint(start.codePointAt(start.length - 1)! + 1);
    const second = start.length + 1;
    const rows = this.#connection.all<{ term: string }>(
      `SELECT term FROM terms WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?
        AND (substr(term, ${second}, 1) IN (?, ?) OR substr(term, -1) = ?)`,
      ...[start, end, shortest, longest, like[start.length] ?? '', like[start.length + 1] ?? '', like.at(-1) ?? ''],
    );
    return rows.map(({ term }) => term);
  }
}
