/** Opens the database file and tells what its errors mean. It knows nothing of what the tables hold. */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KenningError } from '../../core/errors.ts';
import { PRAGMAS, SCHEMA } from './schema.ts';

export const DATABASE = 'index.db';
const SQLITE_BUSY = 5;
const BUSY_ATTEMPTS = 100;
const BUSY_WAIT_MS = 20;

export function openDatabase(dir: string): DatabaseSync {
  for (let attempt = 1; ; attempt++) {
    try {
      return openOnce(dir);
    } catch (error) {
      // SQLite's own waiting does not cover the change to a write-ahead log, which another process may be making as well.
      if (!isBusy(error) || attempt === BUSY_ATTEMPTS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_WAIT_MS);
    }
  }
}

function openOnce(dir: string): DatabaseSync {
  const path = join(dir, DATABASE);
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(PRAGMAS);
    database.exec(SCHEMA);
    // A file that was cut or overwritten shows here, not in the middle of a search.
    if (!isNew) checkPages(database);
    checkPlace(database, dir);
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
    'SELECT count(*), sum(file_check) FROM files',
    'SELECT count(*) FROM functions',
    'SELECT count(*) FROM vectors WHERE function_id = (SELECT max(function_id) FROM vectors)',
    'SELECT max(term) FROM terms',
  ]) {
    database.prepare(sql).get();
  }
  if (schemaOf(database) !== ownSchema()) throw damage('it holds other tables');
}

/** Whose index lies in `dir`, by folder and identity; wherever the storage is moved. */
export const placeOf = (dir: string): string => `${basename(dirname(dir))}/${basename(dir)}`;

/** The database of another folder or model is as sound as ours, and answers all wrong. */
function checkPlace(database: DatabaseSync, dir: string): void {
  const select = database.prepare("SELECT value FROM meta WHERE key = 'place'");
  const recorded = select.get() as { value: string } | undefined;
  const isEmpty = (): boolean => database.prepare('SELECT id FROM functions LIMIT 1').get() === undefined;
  if (!recorded && isEmpty()) {
    database.prepare("INSERT OR IGNORE INTO meta (key, value) VALUES ('place', ?)").run(placeOf(dir));
  } else if (recorded?.value !== placeOf(dir)) {
    throw damage('it is the index of another folder or model');
  }
}

let own = '';

/** What `SCHEMA` makes, as SQLite words it. */
function ownSchema(): string {
  if (own) return own;
  const empty = new DatabaseSync(':memory:');
  empty.exec(SCHEMA);
  own = schemaOf(empty);
  empty.close();
  return own;
}

const schemaOf = (database: DatabaseSync): string =>
  JSON.stringify(database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all());

const SQLITE_ERROR = 1;
/** SQLite's codes for a file that is no database, or a broken one. */
const CORRUPT = 11;
const DAMAGE = new Set([CORRUPT, 26]);

/** As SQLite's own errors are, so that it is dealt with as they are. */
export const damage = (what: string): Error => Object.assign(new Error(what), { errcode: CORRUPT });

/** A number that no index holds is damage, too: Node refuses to read it. */
export const isDamage = (error: unknown): boolean =>
  DAMAGE.has(codeOf(error)) || (error as { code?: unknown }).code === 'ERR_OUT_OF_RANGE';

/** While opening, SQL that does not fit the tables says that they are not ours. */
export const isForeign = (error: unknown): boolean => codeOf(error) === SQLITE_ERROR;

export const isBusy = (error: unknown): boolean => codeOf(error) === SQLITE_BUSY;

/** SQLite's primary result code; 0 for any other error. */
function codeOf(error: unknown): number {
  return ((error as { errcode?: number }).errcode ?? 0) & 0xff;
}

export function storeError(error: unknown): KenningError {
  if (error instanceof KenningError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return isDamage(error)
    ? new KenningError('index-unreadable', `The index is damaged (${text}); it is rebuilt when it is opened next.`, {
        cause: error,
      })
    : new KenningError('index-write-failed', `The index could not be written: ${text}.`, { cause: error });
}
