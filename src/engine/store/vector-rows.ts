/** Reads the vectors of many rows at once: row by row, JavaScript's part of it would take five times as long. */
import type { DatabaseSync } from 'node:sqlite';
import { CACHE_KIB } from './schema.ts';

/** Ids looked at in one go: about a megabyte, so that memory holds all vectors once. */
const STEP = 4096;
/** Of pages that are read once. */
const PASSING_KIB = 1000;

/** As `VectorReader`. What the rows hold is the caller's to check. */
export function readVectors(database: DatabaseSync, last: number, target: Int8Array): boolean {
  database.exec(`PRAGMA cache_size = -${PASSING_KIB}`);
  try {
    return fill(database, last, target);
  } finally {
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  }
}

function fill(database: DatabaseSync, last: number, target: Int8Array): boolean {
  // SQLite strings bytes together like text, in the order of the ids, in which the table lies.
  const select = database.prepare(`SELECT CAST(group_concat(vector, '') AS BLOB) AS vectors
    FROM vectors WHERE function_id > ? AND function_id <= ?`);
  let length = 0;
  for (let id = 0; id < last; id += STEP) {
    const { vectors } = select.get(id, Math.min(last, id + STEP)) as { vectors: Uint8Array | null };
    if (!vectors) continue;
    if (length + vectors.length > target.length) return false;
    target.set(vectors, length);
    length += vectors.length;
  }
  return length === target.length;
}
