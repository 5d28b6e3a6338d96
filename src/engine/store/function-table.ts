/** The functions of an index, as searches and snapshots read them. Rows that are damaged are left out. */
import type { Part } from '../../core/code-function.ts';
import { asInt8 } from '../vectors/quantise.ts';
import type { Connection, StatesAround } from './connection.ts';
import {
  type GoneFunction,
  KINDS,
  type StoredFunction,
  type StoredVector,
  type WaitingFile,
  type WaitingFunction,
} from './records.ts';
import { Remembered } from './remembered.ts';
import { checkOfContent, checkOfTexts, type FunctionTexts } from './row-check.ts';
import { readVectors } from './vector-rows.ts';

/** A function as a snapshot's segment takes it in. */
export interface SegmentRow {
  readonly id: number;
  readonly file_id: number;
  readonly kind: number;
  readonly vector: Uint8Array;
  readonly terms: Uint8Array;
}

type KnownVector = StoredContent & {
  readonly hash: string;
  readonly refined: number;
  readonly checksum: number;
};
type CheckedRow = SegmentRow & { readonly content_check: number };

/** What is stored of a function's code: its vector, and its terms as `encodeTerms` makes them. */
export type StoredContent = Pick<SegmentRow, 'vector' | 'terms'>;

type FunctionRow = FunctionTexts & Pick<StoredFunction, 'id' | 'path' | 'language'> & { readonly texts_check: number };

/** Some 500 bytes each: the candidates of the last forty questions or so. */
const KEPT_FUNCTIONS = 16_000;

export class FunctionTable {
  readonly #connection: Connection;
  readonly #known = new Remembered<number, StoredFunction>(KEPT_FUNCTIONS);

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** In the order of `ids`; those that are gone meanwhile, or damaged, are left out. */
  byIds(ids: readonly number[]): StoredFunction[] {
    return this.#known.get(
      this.#connection.state(),
      ids,
      (missing) => this.#read(missing),
      (known) => this.#standing(known),
    );
  }

  /** These functions have other ids now, old → new, and are what they were; `states`: where nothing else has changed. */
  renumbered(ids: ReadonlyMap<number, number>, states: StatesAround | null): void {
    this.#known.rename(ids, (fn, id) => ({ ...fn, id }));
    if (states) this.#known.outlast(states);
  }

  /** A function's texts never change: another text is another row, and no id is given twice. */
  #standing(ids: readonly number[]): Set<number> {
    const sql = 'SELECT f.id FROM json_each(?) asked JOIN functions f ON f.id = asked.value';
    const rows = this.#connection.all<{ id: number }>(sql, JSON.stringify(ids.toSorted((a, b) => a - b)));
    return new Set(rows.map(({ id }) => id));
  }

  /** One statement: it is up to four times as fast. */
  #read(ids: readonly number[]): Map<number, StoredFunction> {
    const sql = `SELECT f.id, files.path, files.language, f.file_id, f.kind, f.name, f.qualified_name, f.preview, f.start_line,
      f.end_line, f.part, f.content_hash, f.texts_check
      FROM json_each(?) asked JOIN functions f ON f.id = asked.value JOIN files ON files.id = f.file_id`;
    // The table lies in the order of its ids.
    const rows = this.#connection.all<FunctionRow>(sql, JSON.stringify(ids.toSorted((a, b) => a - b)));
    const sound = rows.filter((row) => this.#connection.isSound(checkOfTexts(row) === row.texts_check));
    return new Map(sound.map((row) => [row.id, storedFunction(row)]));
  }

  /** Ids of a file's functions, in order of appearance. */
  idsIn(path: string): number[] {
    const sql =
      'SELECT id FROM functions WHERE file_id = (SELECT id FROM files WHERE path = ?) ORDER BY start_line, id';
    return this.#connection.all<{ id: number }>(sql, path).map(({ id }) => id);
  }

  /** Id → vector and terms, of those that are not gone meanwhile. */
  contents(ids: readonly number[]): Map<number, StoredContent> {
    const sql = `SELECT f.id, vector, f.terms
      FROM json_each(?) asked JOIN functions f ON f.id = asked.value JOIN vectors ON function_id = f.id`;
    const rows = this.#connection.all<StoredContent & { id: number }>(sql, JSON.stringify(ids));
    return new Map(rows.map(({ id, ...content }) => [id, content]));
  }

  /** Content hash → vector, of the functions that a file has now. */
  vectorsOf(path: string): Map<string, StoredVector> {
    const sql = `SELECT content_hash AS hash, vector, refined, terms, content_check AS checksum
        FROM functions JOIN vectors ON function_id = id WHERE file_id = (SELECT id FROM files WHERE path = ?)`;
    // With a damaged one a new row would get a new checksum.
    const isSound = ({ vector, terms, checksum }: KnownVector): boolean =>
      this.#connection.isSound(checkOfContent(vector, terms) === checksum);
    const rows = this.#connection.all<KnownVector>(sql, path).filter(isSound);
    return new Map(rows.map(({ hash, vector, refined }) => [hash, { vector: asInt8(vector), refined: refined === 1 }]));
  }

  /** Rows with ids above `id`, in order; without those whose vector or terms are damaged. */
  *after(id: number): Generator<SegmentRow, void> {
    const sql = `SELECT id, file_id, kind, vector, terms, content_check
      FROM functions LEFT JOIN vectors ON function_id = id WHERE id > ? ORDER BY id`;
    const connection = this.#connection;
    const rows = connection.guard(
      () => connection.database.prepare(sql).iterate(id) as unknown as Iterator<CheckedRow>,
    );
    for (let next = connection.guard(() => rows.next()); !next.done; next = connection.guard(() => rows.next())) {
      const { content_check, ...row } = next.value;
      if (connection.isSound(checkOfContent(row.vector, row.terms) === content_check)) yield row;
    }
  }

  /** As `VectorReader`, those of rows that are gone since everything was last compacted among them. */
  readVectors(last: number, target: Int8Array): boolean {
    return this.#connection.guard(() => readVectors(this.#connection.database, last, target));
  }

  /** Functions that are gone since everything was last compacted, in the order in which they went, after `place`. */
  goneAfter(place: number): GoneFunction[] {
    return this.#connection.all<GoneFunction>(
      'SELECT place, function_id AS id FROM gone WHERE place > ? ORDER BY place',
      place,
    );
  }

  /** The file that was changed last comes first. */
  waitingFiles(): WaitingFile[] {
    return this.#connection.all<WaitingFile>(`SELECT path, hash FROM files
      WHERE id IN (SELECT file_id FROM functions WHERE refined = 0) ORDER BY mtime_ms DESC, id`);
  }

  waitingFunctions(path: string): WaitingFunction[] {
    return this.#connection.all<WaitingFunction>(
      `SELECT id, content_hash AS contentHash FROM functions
        WHERE refined = 0 AND file_id = (SELECT id FROM files WHERE path = ?) ORDER BY id`,
      path,
    );
  }

  /** Functions whose vectors are still the student's own. */
  waiting(): number {
    return this.#connection.counted<{ n: number }>('SELECT count(*) AS n FROM functions WHERE refined = 0').n;
  }
}

function storedFunction(row: FunctionRow): StoredFunction {
  return {
    id: row.id,
    path: row.path,
    language: row.language,
    kind: KINDS[row.kind]!,
    name: row.name,
    qualifiedName: row.qualified_name,
    preview: row.preview,
    startLine: row.start_line,
    endLine: row.end_line,
    part: row.part ? (JSON.parse(row.part) as Part) : null,
  };
}
