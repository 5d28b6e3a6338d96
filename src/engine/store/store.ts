/** One folder's index on disk, in SQLite. Reads what a snapshot and an update need; writes only by whole batches. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Part } from '../../core/code-function.ts';
import type { SkipCode } from '../../core/skip.ts';
import { asInt8 } from '../vectors/quantise.ts';
import { checkQuickly } from './check-quickly.ts';
import { createWriter, type Writer, writeBatch, writeRefined } from './commit.ts';
import { isDamage, storeError } from './database.ts';
import { giveBack } from './give-back.ts';
import { folderBytes, isMarkedDamaged, markDamaged } from './index-folder.ts';
import { openMended } from './open-mended.ts';
import {
  type Batch,
  type GoneFunction,
  KINDS,
  type RefinedVector,
  type StoreCounts,
  type StoredFile,
  type StoredFunction,
  type StoredVector,
  type WaitingFile,
  type WaitingFunction,
} from './records.ts';
import { Remembered } from './remembered.ts';
import { checkOfContent, checkOfTexts, type FunctionTexts, isSoundTerm, type TermRow } from './row-check.ts';
import { readVectors } from './vector-rows.ts';

/** A function as a snapshot's segment takes it in. */
export interface SegmentRow {
  readonly id: number;
  readonly file_id: number;
  readonly kind: number;
  readonly vector: Uint8Array;
  readonly terms: Uint8Array;
}

type CheckedRow = SegmentRow & { readonly content_check: number };

/** What is stored of a function's code: its vector, and its terms as `encodeTerms` makes them. */
export type StoredContent = Pick<SegmentRow, 'vector' | 'terms'>;

export interface FileRow {
  readonly id: number;
  readonly path: string;
  readonly language: string;
}

type FunctionRow = FunctionTexts &
  Pick<FileRow, 'path' | 'language'> & { readonly id: number; readonly texts_check: number };

export interface Meta {
  readonly generation: number;
  readonly complete: boolean;
  readonly updatedAt: number | null;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}

/** Some 500 bytes each: the candidates of the last thirty questions or so. */
const KEPT_FUNCTIONS = 12_000;
const KEPT_TERMS = 10_000;

/** `id`: null for a term that does not occur. */
interface FoundTerm {
  readonly term: string;
  readonly id: number | null;
}

export class Store {
  readonly dir: string;
  readonly database: DatabaseSync;
  #writer: Writer | null = null;
  #damaged = false;
  /** By their text: a search asks the same again and again. */
  readonly #statements = new Map<string, StatementSync>();
  /** By their statement's text, in the state that was counted. */
  readonly #countsOf = new Map<string, object>();
  #countedAt = '';
  #skipped: { readonly json: string; readonly of: Meta['skipped'] } = { json: '{}', of: {} };
  readonly #functions = new Remembered<number, StoredFunction>(KEPT_FUNCTIONS);
  readonly #terms = new Remembered<string, FoundTerm>(KEPT_TERMS);

  private constructor(dir: string, database: DatabaseSync) {
    this.dir = dir;
    this.database = database;
    this.#damaged = isMarkedDamaged(dir);
  }

  /** Whatever lies in `dir` is used, mended or set aside. Throws `index-write-failed`. */
  static open(dir: string, folder: string): Store {
    return new Store(dir, openMended(dir, folder));
  }

  /** Something in it is known to be wrong: it answers with the rest, and is mended when it is opened next. */
  get damaged(): boolean {
    return this.#damaged;
  }

  /** Keeps in mind, for the next `open` as well, that something is wrong. */
  noteDamage(): void {
    this.#damaged = true;
    markDamaged(this.dir);
  }

  /** Looks for what a writer that was ended amid its work may have left. Throws `index-unreadable`. */
  checkInterrupted(): void {
    this.#guard(() => checkQuickly(this.database));
  }

  /** Throws `index-write-failed` with the index as it was before. */
  commit(batch: Batch): void {
    this.#guard(() => {
      this.#writer ??= createWriter(this.database);
      writeBatch(this.#writer, batch);
    });
  }

  /** Throws `index-write-failed` with the index as it was before. */
  commitRefined(vectors: readonly RefinedVector[]): void {
    this.#guard(() => {
      this.#writer ??= createWriter(this.database);
      writeRefined(this.#writer, vectors);
    });
  }

  /**
   * Only the writer may call it. Vectors that another refiner has made count as the student's own from now on: they stay
   * comparable with all others until this one replaces them.
   */
  adoptRefiner(fingerprint: string): void {
    const known = this.#all<{ value: string }>("SELECT value FROM meta WHERE key = 'refiner'")[0]?.value;
    if (known === fingerprint) return;
    const sql =
      "INSERT INTO meta (key, value) VALUES ('refiner', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    this.#transaction(() => {
      this.database.exec('UPDATE functions SET refined = 0 WHERE refined = 1');
      this.database.prepare(sql).run(fingerprint);
    });
  }

  /** The file that was changed last comes first. */
  waitingFiles(): WaitingFile[] {
    return this.#all<WaitingFile>(`SELECT path, hash FROM files
      WHERE id IN (SELECT file_id FROM functions WHERE refined = 0) ORDER BY mtime_ms DESC, id`);
  }

  waitingFunctions(path: string): WaitingFunction[] {
    return this.#all<WaitingFunction>(
      `SELECT id, content_hash AS contentHash FROM functions
        WHERE refined = 0 AND file_id = (SELECT id FROM files WHERE path = ?) ORDER BY id`,
      path,
    );
  }

  /** Functions whose vectors are still the student's own. */
  waiting(): number {
    return this.#counted<{ n: number }>('SELECT count(*) AS n FROM functions WHERE refined = 0').n;
  }

  files(): Map<string, StoredFile> {
    const sql = 'SELECT path, size, mtime_ms AS mtimeMs, ctime_ms AS ctimeMs, hash FROM files';
    const rows = this.#all<StoredFile & { path: string }>(sql);
    return new Map(rows.map(({ path, ...file }) => [path, file]));
  }

  /** All that are indexed, or those of them whose ids are asked for. */
  fileRows(ids?: Iterable<number>): FileRow[] {
    const sql = 'SELECT id, path, language FROM files WHERE skip IS NULL';
    if (!ids) return this.#all<FileRow>(sql);
    return this.#all<FileRow>(`${sql} AND id IN (SELECT value FROM json_each(?))`, JSON.stringify([...ids]));
  }

  /** Content hash → vector, of the functions that a file has now. */
  vectorsOf(path: string): Map<string, StoredVector> {
    const sql = `SELECT content_hash AS hash, vector, refined FROM functions JOIN vectors ON function_id = id
        WHERE file_id = (SELECT id FROM files WHERE path = ?)`;
    const rows = this.#all<{ hash: string; vector: Uint8Array; refined: number }>(sql, path);
    return new Map(rows.map(({ hash, vector, refined }) => [hash, { vector: asInt8(vector), refined: refined === 1 }]));
  }

  /** Rows with ids above `id`, in order; without those whose vector or terms are damaged. */
  *rowsAfter(id: number): Generator<SegmentRow, void> {
    const sql = `SELECT id, file_id, kind, vector, terms, content_check
      FROM functions LEFT JOIN vectors ON function_id = id WHERE id > ? ORDER BY id`;
    const rows = this.#guard(() => this.database.prepare(sql).iterate(id) as unknown as Iterator<CheckedRow>);
    for (let next = this.#guard(() => rows.next()); !next.done; next = this.#guard(() => rows.next())) {
      const { content_check, ...row } = next.value;
      if (this.#isSound(checkOfContent(row.vector, row.terms) === content_check)) yield row;
    }
  }

  /** As `VectorReader`, those of rows that are gone since everything was last compacted among them. */
  readVectors(last: number, target: Int8Array): boolean {
    return this.#guard(() => readVectors(this.database, last, target));
  }

  /** Functions that are gone since everything was last compacted, in the order in which they went, after `place`. */
  goneAfter(place: number): GoneFunction[] {
    return this.#all<GoneFunction>('SELECT place, function_id AS id FROM gone WHERE place > ? ORDER BY place', place);
  }

  /** The name of the base segment's file; empty before the first. */
  baseFile(): string {
    return this.#all<{ value: string }>("SELECT value FROM meta WHERE key = 'base'")[0]?.value ?? '';
  }

  /** A new base holds no row that is gone, so what is gone need not be remembered. */
  setBaseFile(name: string): void {
    const sql =
      "INSERT INTO meta (key, value) VALUES ('base', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    this.#transaction(() => {
      this.database.exec('DELETE FROM vectors WHERE function_id IN (SELECT function_id FROM gone); DELETE FROM gone');
      this.database.prepare(sql).run(name);
    });
    this.#guard(() => giveBack(this.database));
  }

  /** Term ids of those terms that occur at all. */
  termIds(terms: readonly string[]): Map<string, number> {
    const found = this.#terms.get(this.#state(), terms, (missing) => this.#readTerms(missing));
    return new Map(found.flatMap(({ term, id }) => (id === null ? [] : [[term, id] as const])));
  }

  #readTerms(terms: readonly string[]): Map<string, FoundTerm> {
    const statement = this.#statement('SELECT term, id, term_check FROM terms WHERE term = ?');
    const rows = this.#guard(() => terms.map((term) => statement.get(term) as unknown as TermRow | undefined));
    const idOf = (row: TermRow | undefined): number | null => (row && this.#isSound(isSoundTerm(row)) ? row.id : null);
    return new Map(rows.map((row, i) => [terms[i]!, { term: terms[i]!, id: idOf(row) }]));
  }

  /**
   * Terms that begin as `start` does and are between `shortest` and `longest` characters long. Of its first letters or its
   * last one, one at least is that of `like`.
   */
  termsNear(start: string, like: string, shortest: number, longest: number): string[] {
    const end = start.slice(0, -1) + String.fromCodePoint(start.codePointAt(start.length - 1)! + 1);
    const second = start.length + 1;
    const rows = this.#all<{ term: string }>(
      `SELECT term FROM terms WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?
        AND (substr(term, ${second}, 1) IN (?, ?) OR substr(term, -1) = ?)`,
      ...[start, end, shortest, longest, like[start.length] ?? '', like[start.length + 1] ?? '', like.at(-1) ?? ''],
    );
    return rows.map(({ term }) => term);
  }

  /** In the order of `ids`; those that are gone meanwhile, or damaged, are left out. */
  functions(ids: readonly number[]): StoredFunction[] {
    return this.#functions.get(this.#state(), ids, (missing) => this.#readFunctions(missing));
  }

  /** One statement: it is up to four times as fast. */
  #readFunctions(ids: readonly number[]): Map<number, StoredFunction> {
    const sql = `SELECT f.id, files.path, files.language, f.file_id, f.kind, f.name, f.qualified_name, f.preview, f.start_line,
      f.end_line, f.part, f.content_hash, f.texts_check
      FROM json_each(?) asked JOIN functions f ON f.id = asked.value JOIN files ON files.id = f.file_id`;
    // The table lies in the order of its ids.
    const rows = this.#all<FunctionRow>(sql, JSON.stringify(ids.toSorted((a, b) => a - b)));
    const sound = rows.filter((row) => this.#isSound(checkOfTexts(row) === row.texts_check));
    return new Map(sound.map((row) => [row.id, storedFunction(row)]));
  }

  /** Ids of a file's functions, in order of appearance. */
  idsIn(path: string): number[] {
    const sql =
      'SELECT id FROM functions WHERE file_id = (SELECT id FROM files WHERE path = ?) ORDER BY start_line, id';
    return this.#all<{ id: number }>(sql, path).map(({ id }) => id);
  }

  /** Id → vector and terms, of those that are not gone meanwhile. */
  contents(ids: readonly number[]): Map<number, StoredContent> {
    const sql = `SELECT f.id, vector, f.terms
      FROM json_each(?) asked JOIN functions f ON f.id = asked.value JOIN vectors ON function_id = f.id`;
    const rows = this.#all<StoredContent & { id: number }>(sql, JSON.stringify(ids));
    return new Map(rows.map(({ id, ...content }) => [id, content]));
  }

  counts(): StoreCounts {
    const sql =
      'SELECT (SELECT count(*) FROM files WHERE skip IS NULL) AS files, (SELECT count(*) FROM functions) AS functions';
    return this.#counted<StoreCounts>(sql);
  }

  /** Counting takes longer the larger the index is, and every search counts: done once for each change. */
  #counted<Counts>(sql: string): Counts {
    const state = this.#state();
    if (state !== this.#countedAt) this.#countsOf.clear();
    this.#countedAt = state;
    const known = this.#countsOf.get(sql) ?? this.#all<object>(sql)[0]!;
    this.#countsOf.set(sql, known);
    return known as Counts;
  }

  /** Differs once this connection, or any other, has changed something. */
  #state(): string {
    const sql = 'SELECT data_version AS theirs, total_changes() AS ours FROM pragma_data_version';
    const { theirs, ours } = this.#all<{ theirs: number; ours: number }>(sql)[0]!;
    return `${theirs} ${ours}`;
  }

  functionsOf(path: string): { language: string; functions: number; skip: SkipCode | null } | null {
    const sql = `SELECT language, skip, (SELECT count(*) FROM functions WHERE file_id = files.id) AS functions
      FROM files WHERE path = ?`;
    return this.#all<{ language: string; functions: number; skip: SkipCode | null }>(sql, path)[0] ?? null;
  }

  /** Of a file's bytes when it was indexed; null for a file that is not in the index. */
  fileHash(path: string): string | null {
    return this.#all<{ hash: string }>('SELECT hash FROM files WHERE path = ?', path)[0]?.hash ?? null;
  }

  /** Files that were read and held nothing to index, by reason. */
  skippedFiles(): Partial<Record<SkipCode, number>> {
    const rows = this.#all<{ skip: SkipCode; count: number }>(
      'SELECT skip, count(*) AS count FROM files WHERE skip IS NOT NULL GROUP BY skip',
    );
    return Object.fromEntries(rows.map(({ skip, count }) => [skip, count]));
  }

  meta(): Meta {
    const rows = this.#all<{ key: string; value: string }>('SELECT key, value FROM meta');
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return {
      generation: Number(values.get('generation')) || 0,
      complete: values.get('complete') === '1',
      updatedAt: Number(values.get('updated_at')) || null,
      skipped: this.#skippedOf(values.get('skipped') ?? '{}'),
    };
  }

  /** Every search asks for it. */
  #skippedOf(json: string): Meta['skipped'] {
    if (json === this.#skipped.json) return this.#skipped.of;
    try {
      this.#skipped = { json, of: JSON.parse(json) as Meta['skipped'] };
      return this.#skipped.of;
    } catch {
      this.noteDamage();
      return {};
    }
  }

  bytes(): number {
    return folderBytes(this.dir);
  }

  /** Removes everything; the next update starts from nothing. */
  clear(): void {
    this.#transaction(() => {
      this.database.exec(`INSERT INTO gone (function_id) SELECT id FROM functions; DELETE FROM functions; DELETE FROM files;
        DELETE FROM meta WHERE key NOT IN ('generation', 'place')`);
    });
  }

  close(): void {
    this.database.close();
  }

  #all<Row>(sql: string, ...parameters: (string | number)[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...parameters) as unknown as Row[]);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#guard(() => this.database.prepare(sql));
    this.#statements.set(sql, statement);
    return statement;
  }

  #transaction(work: () => void): void {
    this.#guard(() => {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.database.exec('COMMIT');
      } catch (error) {
        if (this.database.isTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #isSound(sound: boolean): boolean {
    if (!sound && !this.#damaged) this.noteDamage();
    return sound;
  }

  /** SQLite's errors become ours; damage that shows only now is remembered for the next `open`. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) this.noteDamage();
      throw storeError(error);
    }
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
