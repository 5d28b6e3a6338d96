/** Opens the database file and tells what its errors mean. It knows nothing of what the tables hold. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KenningError } from '../../core/errors.ts';
import { PRAGMAS, SCHEMA } from './schema.ts';

const DATABASE = 'index.db';

export function openDatabase(dir: string): DatabaseSync {
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

const SQLITE_ERROR = 1;
/** SQLite's codes for a file that is no database, or a broken one. */
const DAMAGE = new Set([11, 26]);

export function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  return code !== undefined && DAMAGE.has(code & 0xff);
}

/** While opening, SQL that does not fit the tables says that they are not ours. */
export function isForeign(error: unknown): boolean {
  return (error as { errcode?: number }).errcode === SQLITE_ERROR;
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
