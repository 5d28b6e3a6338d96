/**
 * Removes all that is kept of one workspace folder: its indexes of every model and version, and what was set aside; or one
 * index of it. It gives way to any other process that has one of them open.
 */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KenningError } from '../../core/errors.ts';
import { DATABASE, isBusy } from './database.ts';
import { acquireWriterLock } from './writer-lock.ts';

/** On Windows, virus scanners hold files for a moment. */
const RETRIES = { maxRetries: 5, retryDelay: 50 };

/** `dir`: any of the folder's indexes, closed by this process. Throws `index-locked` or `index-write-failed`; all is then as it was. */
export function deleteIndexes(dir: string): void {
  const all = dirname(dir);
  if (!existsSync(all)) return;
  const entries = readdirSync(all, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isDirectory())) assertUnused(join(all, name));
  remove(all);
}

/** One index, or what is left of one; with the folder around it where it is the last. Throws as `deleteIndexes`. */
export function deleteOne(dir: string): void {
  const others = readdirSync(dirname(dir), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assertUnused(dir);
  remove(others.length === 1 ? dirname(dir) : dir);
}

/** Throws `index-locked` where somebody has the index open. */
export function assertUnused(dir: string): void {
  const lock = acquireWriterLock(dir);
  try {
    if (isOpenElsewhere(dir)) throw openElsewhere();
  } finally {
    lock.release();
  }
}

/** In one step out of the way, so that nobody ever opens the half of an index. */
function remove(all: string): void {
  const aside = `${all}.deleted`;
  try {
    rmSync(aside, { recursive: true, force: true, ...RETRIES });
    renameSync(all, aside);
    rmSync(aside, { recursive: true, force: true, ...RETRIES });
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new KenningError('index-write-failed', `The index could not be deleted (${code}).`, { cause });
  }
}

/** Only who is alone with a database can take it out of write-ahead logging; whoever opens it next puts it back. */
function isOpenElsewhere(dir: string): boolean {
  const path = join(dir, DATABASE);
  if (!existsSync(path)) return false;
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE;');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    database.close();
  }
}

function openElsewhere(): KenningError {
  return new KenningError('index-locked', 'Another window or program has this index open. Close it there first.');
}
