/** One folder's index on disk, in SQLite. Reads what a snapshot and an update need; writes only by whole batches. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Part } from '../../core/code-function.ts';
import { KenningError } from '../../core/errors.ts';
import type { SkipCode } from '../../core/skip.ts';
import { createWriter, type Writer, writeBatch } from './commit.ts';
import { createIndexFolder, folderBytes, setAside } from './index-folder.ts';
import { type Batch, KINDS, type StoreCounts, type StoredFile, type StoredFunction } from './records.ts';
import { PRAGMAS, SCHEMA } from './schema.ts';

/** A function as a snapshot's segment takes it in. */
export interface SegmentRow {
  readonly id: number;
  readonly file_id: number;
  readonly kind: number;
  readonly vector: Uint8Array;
  readonly terms: Uint8Array;
}

export interface FileRow {
  readonly id: number;
  readonly path: string;
  readonly language: string;
}

export interface Meta {
  readonly generation: number;
  readonly complete: boolean;
  readonly updatedAt: number | null;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}

export class Store {
  readonly dir: string;
  readonly database: DatabaseSync;
  #writer: Writer | null = null;

  private constructor(dir: string, database: DatabaseSync) {
    this.dir = dir;
    this.database = database;
  }

  /** A database that cannot be read is set aside and a new one begun: an index is derived and can be made again. */
  static open(dir: string, folder: string): Store {
    createIndexFolder(dir, folder);
    try {
      return new Store(dir, openDatabase(dir));
    } catch (error) {
      if (!isDamage(error)) throw storeError(error);
      setAside(dir);
      createIndexFolder(dir, folder);
      return new Store(dir, openDatabase(dir));
    }
  }

  /** Throws `index-write-failed` with the index as it was before. */
  commit(batch: Batch): void {
    try {
      this.#writer ??= createWriter(this.database);
      writeBatch(this.#writer, batch);
    } catch (error) {
      throw storeError(error);
    }
  }

  files(): Map<string, StoredFile> {
    const rows = this.#all<StoredFile & { path: string }>('SELECT path, size, mtime_ms AS mtimeMs, hash FROM files');
    return new Map(rows.map(({ path, ...file }) => [path, file]));
  }

  fileRows(): FileRow[] {
    return this.#all<FileRow>('SELECT id, path, language FROM files WHERE skip IS NULL');
  }

  /** Content hash → vector, of the functions that a file has now. */
  vectorsOf(path: string): Map<string, Int8Array> {
    const sql =
      'SELECT content_hash AS hash, vector FROM functions WHERE file_id = (SELECT id FROM files WHERE path = ?)';
    return new Map(
      this.#all<{ hash: string; vector: Uint8Array }>(sql, path).map(({ hash, vector }) => [hash, asInt8(vector)]),
    );
  }

  /** Rows with ids above `id`, in order. */
  rowsAfter(id: number): IterableIterator<SegmentRow> {
    const sql = 'SELECT id, file_id, kind, vector, terms FROM functions WHERE id > ? ORDER BY id';
    return this.database.prepare(sql).iterate(id) as unknown as IterableIterator<SegmentRow>;
  }

  /** Ids of functions that are gone since everything was last compacted. */
  goneIds(): number[] {
    return this.#all<{ id: number }>('SELECT function_id AS id FROM gone').map(({ id }) => id);
  }

  /** The name of the base segment's file; empty before the first. */
  baseFile(): string {
    return this.#all<{ value: string }>("SELECT value FROM meta WHERE key = 'base'")[0]?.value ?? '';
  }

  /** A new base holds no row that is gone, so what is gone need not be remembered. */
  setBaseFile(name: string): void {
    try {
      this.database.exec('BEGIN IMMEDIATE; DELETE FROM gone;');
      this.database
        .prepare(
          "INSERT INTO meta (key, value) VALUES ('base', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .run(name);
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw storeError(error);
    }
  }

  /** Term ids of those terms that occur at all. */
  termIds(terms: readonly string[]): Map<string, number> {
    const statement = this.database.prepare('SELECT id FROM terms WHERE term = ?');
    const found = terms.map((term) => [term, (statement.get(term) as { id: number } | undefined)?.id] as const);
    return new Map(found.filter((entry): entry is [string, number] => entry[1] !== undefined));
  }

  /** In the order of `ids`; those that are gone meanwhile are left out. */
  functions(ids: readonly number[]): StoredFunction[] {
    const statement = this.database.prepare(`SELECT f.id, files.path, files.language, f.kind, f.name,
      f.qualified_name AS qualifiedName, f.preview, f.start_line AS startLine, f.end_line AS endLine, f.part
      FROM functions f JOIN files ON files.id = f.file_id WHERE f.id = ?`);
    return ids.flatMap((id) => {
      const row = statement.get(id) as
        | (Omit<StoredFunction, 'kind' | 'part'> & { kind: number; part: string | null })
        | undefined;
      return row ? [{ ...row, kind: KINDS[row.kind]!, part: row.part ? (JSON.parse(row.part) as Part) : null }] : [];
    });
  }

  counts(): StoreCounts {
    const sql =
      'SELECT (SELECT count(*) FROM files WHERE skip IS NULL) AS files, (SELECT count(*) FROM functions) AS functions';
    return this.#all<StoreCounts>(sql)[0]!;
  }

  functionsOf(path: string): { language: string; functions: number; skip: SkipCode | null } | null {
    const sql = `SELECT language, skip, (SELECT count(*) FROM functions WHERE file_id = files.id) AS functions
      FROM files WHERE path = ?`;
    return this.#all<{ language: string; functions: number; skip: SkipCode | null }>(sql, path)[0] ?? null;
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
      generation: Number(values.get('generation') ?? 0),
      complete: values.get('complete') === '1',
      updatedAt: values.has('updated_at') ? Number(values.get('updated_at')) : null,
      skipped: JSON.parse(values.get('skipped') ?? '{}') as Meta['skipped'],
    };
  }

  bytes(): number {
    return folderBytes(this.dir);
  }

  /** Removes everything; the next update starts from nothing. */
  clear(): void {
    this.database.exec(
      "BEGIN IMMEDIATE; INSERT OR IGNORE INTO gone SELECT id FROM functions; DELETE FROM functions; DELETE FROM files; DELETE FROM meta WHERE key <> 'generation'; COMMIT;",
    );
  }

  close(): void {
    this.database.close();
  }

  #all<Row>(sql: string, ...parameters: string[]): Row[] {
    try {
      return this.database.prepare(sql).all(...parameters) as unknown as Row[];
    } catch (error) {
      throw storeError(error);
    }
  }
}

const DATABASE = 'index.db';

function openDatabase(dir: string): DatabaseSync {
  const path = join(dir, DATABASE);
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(PRAGMAS);
    database.exec(SCHEMA);
    // A file that was cut or overwritten shows here, not in the middle of a search.
    if (!isNew) checkPages(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Reads the small tables whole and the ends of the large one: damage to the file's structure shows, at little cost. */
function checkPages(database: DatabaseSync): void {
  for (const sql of [
    'SELECT count(*) FROM meta',
    'SELECT count(*), sum(size) FROM files',
    'SELECT count(*) FROM functions',
    'SELECT max(id) FROM terms',
  ]) {
    database.prepare(sql).get();
  }
}

/** SQLite's codes for a file that is no database, or a broken one. */
const DAMAGE = new Set([11, 26]);

function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && DAMAGE.has(code & 0xff);
}

function storeError(error: unknown): KenningError {
  if (error instanceof KenningError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return isDamage(error)
    ? new KenningError('index-unreadable', `The index is damaged (${text}); it is built anew when it is opened next.`, {
        cause: error,
      })
    : new KenningError('index-write-failed', `The index could not be written: ${text}.`, { cause: error });
}

function asInt8(bytes: Uint8Array): Int8Array {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
