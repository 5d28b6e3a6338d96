/** Opens the database file and tells what its errors mean. It knows nothing of what the tables hold. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KenningError } from '../../core/errors.ts';
import { PRAGMAS, SCHEMA } from './schema.ts';

const DATABASE = 'index.db';
const SQLITE_BUSY = 5;
const BUSY_ATTEMPTS = 100;
const BUSY_WAIT_MS = 20;

export function openDatabase(dir: string): DatabaseSync {
  for (let attempt = 1; ; attempt++) {
    try {
      return openOnce(join(dir, DATABASE));
    } catch (error) {
      // SQLite's own waiting does not cover the change to a write-ahead log, which another process may be making as well.
      if (codeOf(error) !== SQLITE_BUSY || attempt === BUSY_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_WAIT_MS);
    }
  }
}

function openOnce(path: string): DatabaseSync {
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

const SQLITE_ERROR = 1;
/** SQLite's codes for a file that is no database, or a broken one. */
const DAMAGE = new Set([11, 26]);

export const isDamage = (error: unknown): boolean => DAMAGE.has(codeOf(error));

/** While opening, SQL that does not fit the tables says that they are not ours. */
export const isForeign = (error: unknown): boolean => codeOf(error) === SQLITE_ERROR;

/** SQLite's primary result code; 0 for any other error. */
function codeOf(error: unknown): number {
  return ((error as { errcode?: number }).errcode ?? 0) & 0xff;
}

export function storeError(error: unknown): KenningError {
  if (error instanceof KenningError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return isDamage(error)
    ? new KenningError('index-unreadable', `The index is damaged (${text}); it is built anew when it is opened next.`, {
        cause: error,
      })
    : new KenningError('index-write-failed', `The index could not be written: ${text}.`, { cause: error });
}
