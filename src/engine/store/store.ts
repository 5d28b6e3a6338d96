/**
 * One folder's index on disk, in SQLite: what searches read of it (`IndexReader`), its tables, its state as a whole, and
 * writing, which happens by whole batches alone.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { SkipCode } from '../../core/skip.ts';
import { checkQuickly } from './check-quickly.ts';
import { createWriter, type Writer, writeBatch, writeRefined } from './commit.ts';
import { Connection } from './connection.ts';
import { FileTable } from './file-table.ts';
import { FunctionTable, type StoredContent } from './function-table.ts';
import { giveBack } from './give-back.ts';
import { folderBytes } from './index-folder.ts';
import type { IndexReader } from './index-reader.ts';
import { openMended } from './open-mended.ts';
import type { Batch, RefinedVector, StoreCounts, StoredFunction } from './records.ts';
import { TermTable } from './term-table.ts';

export interface Meta {
  readonly generation: number;
  readonly complete: boolean;
  readonly updatedAt: number | null;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}

export class Store implements IndexReader {
  readonly rows: FunctionTable;
  readonly files: FileTable;
  readonly #connection: Connection;
  readonly #terms: TermTable;
  #writer: Writer | null = null;
  #skipped: { readonly json: string; readonly of: Meta['skipped'] } = { json: '{}', of: {} };

  private constructor(connection: Connection) {
    this.#connection = connection;
    this.rows = new FunctionTable(connection);
    this.files = new FileTable(connection);
    this.#terms = new TermTable(connection);
  }

  /** Whatever lies in `dir` is used, mended or set aside. Throws `index-write-failed`. */
  static open(dir: string, folder: string): Store {
    return new Store(new Connection(dir, openMended(dir, folder)));
  }

  get dir(): string {
    return this.#connection.dir;
  }

  get database(): DatabaseSync {
    return this.#connection.database;
  }

  /** Something in it is known to be wrong: it answers with the rest, and is mended when it is opened next. */
  get damaged(): boolean {
    return this.#connection.damaged;
  }

  /** Keeps in mind, for the next `open` as well, that something is wrong. */
  noteDamage(): void {
    this.#connection.noteDamage();
  }

  /** Looks for what a writer that was ended amid its work may have left. Throws `index-unreadable`. */
  checkInterrupted(): void {
    this.#connection.guard(() => checkQuickly(this.database));
  }

  functions(ids: readonly number[]): StoredFunction[] {
    return this.rows.byIds(ids);
  }

  contents(ids: readonly number[]): Map<number, StoredContent> {
    return this.rows.contents(ids);
  }

  fileHash(path: string): string | null {
    return this.files.hash(path);
  }

  termIds(terms: readonly string[]): Map<string, number> {
    return this.#terms.ids(terms);
  }

  termsNear(start: string, like: string, shortest: number, longest: number): string[] {
    return this.#terms.near(start, like, shortest, longest);
  }

  counts(): StoreCounts {
    const sql =
      'SELECT (SELECT count(*) FROM files WHERE skip IS NULL) AS files, (SELECT count(*) FROM functions) AS functions';
    return this.#connection.counted<StoreCounts>(sql);
  }

  meta(): Meta {
    const rows = this.#connection.all<{ key: string; value: string }>('SELECT key, value FROM meta');
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
      this.#connection.noteDamage();
      return {};
    }
  }

  /** The name of the base segment's file; empty before the first. */
  baseFile(): string {
    return this.#metaValue('base') ?? '';
  }

  /** A new base holds no row that is gone, so what is gone need not be remembered. */
  setBaseFile(name: string): void {
    this.#connection.transaction(() => {
      this.database.exec('DELETE FROM vectors WHERE function_id IN (SELECT function_id FROM gone); DELETE FROM gone');
      this.#setMeta('base', name);
    });
    this.#connection.guard(() => giveBack(this.database));
  }

  bytes(): number {
    return folderBytes(this.dir);
  }

  /** Throws `index-write-failed` with the index as it was before. */
  commit(batch: Batch): void {
    this.#connection.guard(() => {
      this.#writer ??= createWriter(this.database);
      writeBatch(this.#writer, batch);
    });
  }

  /** Throws `index-write-failed` with the index as it was before. */
  commitRefined(vectors: readonly RefinedVector[]): void {
    this.#connection.guard(() => {
      this.#writer ??= createWriter(this.database);
      const writer = this.#writer;
      const { changed: ids, states } = this.#connection.statesAround(() => writeRefined(writer, vectors));
      this.rows.renumbered(ids, states);
      if (states) this.#terms.outlast(states);
    });
  }

  /**
   * Only the writer may call it. Vectors that another refiner has made count as the student's own from now on: they stay
   * comparable with all others until this one replaces them.
   */
  adoptRefiner(fingerprint: string): void {
    if (this.#metaValue('refiner') === fingerprint) return;
    this.#connection.transaction(() => {
      this.database.exec('UPDATE functions SET refined = 0 WHERE refined = 1');
      this.#setMeta('refiner', fingerprint);
    });
  }

  /** Removes everything; the next update starts from nothing. */
  clear(): void {
    this.#connection.transaction(() => {
      this.database.exec(`INSERT INTO gone (function_id) SELECT id FROM functions; DELETE FROM functions; DELETE FROM files;
        DELETE FROM meta WHERE key NOT IN ('generation', 'place')`);
    });
  }

  close(): void {
    this.database.close();
  }

  #metaValue(key: string): string | undefined {
    return this.#connection.all<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)[0]?.value;
  }

  #setMeta(key: string, value: string): void {
    const sql = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
    this.database.prepare(sql).run(key, value);
  }
}
