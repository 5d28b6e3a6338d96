/**
 * A look at a database whose writer was ended in the middle, in bounded time: the structure where the file is of ordinary
 * size, and the rows that were written last. `engine/repair` looks at everything.
 */
import type { DatabaseSync } from 'node:sqlite';
import { damage } from './database.ts';
import { checkOfContent, checkOfTexts, type FunctionTexts } from './row-check.ts';

/** SQLite looks through this much in about a fifth of a second. */
const STRUCTURE_BYTES = 100_000_000;
const ROWS_MS = 200;

export type CheckedFunction = FunctionTexts & {
  readonly id: number;
  readonly vector: Uint8Array;
  readonly terms: Uint8Array;
  readonly texts_check: number;
  readonly content_check: number;
};

/** Rows as `isSoundRow` takes them. */
export const CHECKED_FUNCTIONS = 'SELECT f.*, vector FROM functions f LEFT JOIN vectors ON function_id = f.id';

/** Throws what SQLite throws of a damaged file. */
export function checkQuickly(database: DatabaseSync): void {
  const { size } = database
    .prepare('SELECT page_count * page_size AS size FROM pragma_page_count, pragma_page_size')
    .get() as { size: number };
  if (size <= STRUCTURE_BYTES) checkStructure(database);
  const until = performance.now() + ROWS_MS;
  for (const row of database.prepare(`${CHECKED_FUNCTIONS} ORDER BY id DESC`).iterate()) {
    if (!isSoundRow(row as unknown as CheckedFunction))
      throw damage(`the row ${String(row.id)} is not as it was written`);
    if (performance.now() > until) return;
  }
}

function checkStructure(database: DatabaseSync): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
  if (first?.quick_check !== 'ok') throw damage(first?.quick_check ?? 'no answer');
}

export const isSoundRow = (row: CheckedFunction): boolean =>
  checkOfTexts(row) === row.texts_check && checkOfContent(row.vector, row.terms) === row.content_check;
