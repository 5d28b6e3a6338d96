/** Reads the vectors of many rows at once: row by row, JavaScript's part of it would take five times as long. */
import type { DatabaseSync } from 'node:sqlite';
import { asInt8 } from '../vectors/quantise.ts';

/** Ids looked at in one go: about a megabyte, so that memory holds all vectors once. */
const STEP = 4096;

/** As `VectorReader`. What the rows hold is the caller's to check. */
export function readVectors(database: DatabaseSync, last: number, rows: number, dimensions: number): Int8Array | null {
  // SQLite strings bytes together like text.
  const select = database.prepare(`SELECT CAST(group_concat(vector, '') AS BLOB) AS vectors
    FROM (SELECT vector FROM vectors WHERE function_id > ? AND function_id <= ? ORDER BY function_id)`);
  const vectors = new Uint8Array(rows * dimensions);
  let length = 0;
  for (let id = 0; id < last; id += STEP) {
    const { vectors: some } = select.get(id, Math.min(last, id + STEP)) as { vectors: Uint8Array | null };
    if (!some) continue;
    if (length + some.length > vectors.length) return null;
    vectors.set(some, length);
    length += some.length;
  }
  return length === vectors.length ? asInt8(vectors) : null;
}
