/** Opens an index's database whatever has become of it: as it is, mended, or begun anew beside what is set aside. */
import type { DatabaseSync } from 'node:sqlite';
import { checkQuickly } from './check-quickly.ts';
import { isDamage, isForeign, openDatabase, storeError } from './database.ts';
import { createIndexFolder, isMarkedDamaged, setAside, unmarkDamaged } from './index-folder.ts';
import { mendRows } from './mend-rows.ts';
import { afterInterruption, whileNobodyWrites } from './writing-mark.ts';

/**
 * A database that cannot be read is set aside and a new one begun: an index is derived and can be made again. One that is
 * known to be damaged, or whose writer ended in the middle of its work, is looked at more closely, and mended if it can be.
 * Throws `index-write-failed`.
 */
export function openMended(dir: string, folder: string): DatabaseSync {
  createIndexFolder(dir, folder);
  try {
    return openSound(dir);
  } catch (error) {
    if (!isDamage(error) && !isForeign(error)) throw storeError(error);
    return openAnew(dir, folder);
  }
}

/** Throws `index-write-failed`. */
function openAnew(dir: string, folder: string): DatabaseSync {
  try {
    setAside(dir);
    createIndexFolder(dir, folder);
    return openDatabase(dir);
  } catch (error) {
    throw storeError(error);
  }
}

/** Throws SQLite's errors. */
function openSound(dir: string): DatabaseSync {
  const database = openDatabase(dir);
  try {
    if (isMarkedDamaged(dir)) whileNobodyWrites(dir, () => mend(dir, database));
    afterInterruption(dir, () => mendIfDamaged(dir, database));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function mendIfDamaged(dir: string, database: DatabaseSync): void {
  try {
    checkQuickly(database);
  } catch (error) {
    if (!isDamage(error)) throw error;
    mend(dir, database);
  }
}

function mend(dir: string, database: DatabaseSync): void {
  mendRows(database);
  unmarkDamaged(dir);
}
