/** The files of an index, those that were read and held nothing to index among them. */
import type { SkipCode } from '../../core/skip.ts';
import type { Connection } from './connection.ts';
import { KINDS, type StoredFile } from './records.ts';

export interface FileRow {
  readonly id: number;
  readonly path: string;
  readonly language: string;
}

export interface FileFacts {
  readonly language: string;
  readonly functions: number;
  /** How many of them are windows of lines. */
  readonly windows: number;
  /** Null for a file that is indexed. */
  readonly skip: SkipCode | null;
}

export class FileTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  all(): Map<string, StoredFile> {
    const sql = 'SELECT path, size, mtime_ms AS mtimeMs, ctime_ms AS ctimeMs, hash FROM files';
    const rows = this.#connection.all<StoredFile & { path: string }>(sql);
    return new Map(rows.map(({ path, ...file }) => [path, file]));
  }

  /** All that are indexed, or those of them whose ids are asked for. */
  rows(ids?: Iterable<number>): FileRow[] {
    const sql = 'SELECT id, path, language FROM files WHERE skip IS NULL';
    if (!ids) return this.#connection.all<FileRow>(sql);
    return this.#connection.all<FileRow>(`${sql} AND id IN (SELECT value FROM json_each(?))`, JSON.stringify([...ids]));
  }

  /** Those that hold an indexed file themselves, with `/` at the end; the top is the empty text. */
  folders(): string[] {
    const rows = this.#connection.all<{ path: string }>('SELECT path FROM files WHERE skip IS NULL');
    return [...new Set(rows.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1)))];
  }

  factsOf(path: string): FileFacts | null {
    const sql = `SELECT language, skip, (SELECT count(*) FROM functions WHERE file_id = files.id) AS functions,
      (SELECT count(*) FROM functions WHERE file_id = files.id AND kind = ?) AS windows FROM files WHERE path = ?`;
    return this.#connection.all<FileFacts>(sql, KINDS.indexOf('lines'), path)[0] ?? null;
  }

  /** Of a file's bytes when it was indexed; null for a file that is not in the index. */
  hash(path: string): string | null {
    return this.#connection.all<{ hash: string }>('SELECT hash FROM files WHERE path = ?', path)[0]?.hash ?? null;
  }

  /** Files that were read and held nothing to index, by reason. */
  skipped(): Partial<Record<SkipCode, number>> {
    const rows = this.#connection.all<{ skip: SkipCode; count: number }>(
      'SELECT skip, count(*) AS count FROM files WHERE skip IS NOT NULL GROUP BY skip',
    );
    return Object.fromEntries(rows.map(({ skip, count }) => [skip, count]));
  }
}
