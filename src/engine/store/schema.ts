/** The tables, and the version that grows with them. */

/** An index of another format is built anew beside the old one. */
export const FORMAT_VERSION = 4;

/**
 * Ids of functions only grow: a reader that knows the highest id it has seen finds what is new by it, and what is gone
 * in `gone`, whose places only grow as well and which is emptied when everything is compacted. A function whose vector is refined becomes a new one, too.
 * The checks are those of `row-check.ts`. Vectors lie apart, close together, and stay until everything is compacted: the
 * base segment has none of its own.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ms REAL NOT NULL,
    ctime_ms REAL NOT NULL, hash TEXT NOT NULL, language TEXT NOT NULL, skip TEXT, file_check INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS functions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, file_id INTEGER NOT NULL REFERENCES files(id), kind INTEGER NOT NULL,
    name TEXT NOT NULL, qualified_name TEXT NOT NULL, preview TEXT NOT NULL, start_line INTEGER NOT NULL,
    end_line INTEGER NOT NULL, part TEXT, content_hash TEXT NOT NULL, terms BLOB NOT NULL,
    refined INTEGER NOT NULL, texts_check INTEGER NOT NULL, content_check INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS functions_of_file ON functions(file_id, refined);
  CREATE TABLE IF NOT EXISTS vectors (function_id INTEGER PRIMARY KEY, vector BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS gone (place INTEGER PRIMARY KEY AUTOINCREMENT, function_id INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS terms (
    term TEXT PRIMARY KEY, id INTEGER NOT NULL, term_check INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

export const CACHE_KIB = 16_000;
/** For another process. */
export const WAIT_MS = 5000;

/**
 * Write-ahead log: readers never wait for the writer. A kill loses nothing; a power cut, at most the last batches. The
 * waiting time comes first: another process may be making the same index. A database that is new learns to give pages back.
 */
export const PRAGMAS = `
  PRAGMA busy_timeout = ${WAIT_MS};
  PRAGMA auto_vacuum = INCREMENTAL;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA cache_size = -${CACHE_KIB};
`;
