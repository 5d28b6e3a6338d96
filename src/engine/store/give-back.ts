/** Gives the disk what a database no longer needs: pages that hold nothing, and the log of what has long been taken over. */
import type { DatabaseSync } from 'node:sqlite';
import { isDamage } from './database.ts';
import { WAIT_MS } from './schema.ts';

/** Fewer are filled again soon. */
const EMPTY_SHARE = 0.05;

/** Waits for nobody, and what it cannot do now it leaves. Throws what SQLite throws of a damaged file. */
export function giveBack(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA busy_timeout = 0');
    if (emptyShare(database) > EMPTY_SHARE) database.exec('PRAGMA incremental_vacuum');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (isDamage(error)) throw error;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
  }
}

function emptyShare(database: DatabaseSync): number {
  const sql = 'SELECT CAST(freelist_count AS REAL) / page_count AS share FROM pragma_freelist_count, pragma_page_count';
  return (database.prepare(sql).get() as { share: number }).share;
}
