/**
 * Mends a database whose structure is sound and some of whose rows are not: files that hold such a row are forgotten, so
 * that the next update reads them again; all others go on answering. What cannot be mended so is thrown.
 */
import type { DatabaseSync } from 'node:sqlite';
import { visitTerms } from '../../core/lexical/term-blob.ts';
import { CHECKED_FUNCTIONS, type CheckedFunction, isSoundRow } from './check-quickly.ts';
import { damage } from './database.ts';
import { checkOfFile, type FileTexts, isSoundTerm, type TermRow } from './row-check.ts';

/** The caller holds the writer's lock. Throws what SQLite throws of a damaged file. */
export function mendRows(database: DatabaseSync): void {
  checkWhole(database);
  const files = [...damagedFiles(database), ...filesOfDamagedFunctions(database)];
  database.exec('BEGIN IMMEDIATE');
  try {
    forget(database, new Set(files));
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** Tables against their own indexes as well: what a row's damage makes of its file's id would show there. */
function checkWhole(database: DatabaseSync): void {
  const [first] = database.prepare('PRAGMA integrity_check(1)').all() as { integrity_check: string }[];
  if (first?.integrity_check !== 'ok') throw damage(first?.integrity_check ?? 'no answer');
}

function* damagedFiles(database: DatabaseSync): Generator<number> {
  const rows = database.prepare('SELECT id, path, hash, language, skip, file_check FROM files').iterate();
  for (const row of rows as Iterable<unknown> as Iterable<FileTexts & { id: number; file_check: number }>) {
    if (checkOfFile(row) !== row.file_check) yield row.id;
  }
}

function* filesOfDamagedFunctions(database: DatabaseSync): Generator<number> {
  const known = knownTerms(database);
  const rows = database.prepare(CHECKED_FUNCTIONS).iterate();
  for (const row of rows as Iterable<unknown> as Iterable<CheckedFunction>) {
    if (!isSoundRow(row) || !holdsKnown(row.terms, known)) yield row.file_id;
  }
}

/** Which rows hold a term that is damaged, nobody knows. */
function knownTerms(database: DatabaseSync): Set<number> {
  const terms = database.prepare('SELECT term, id, term_check FROM terms').all() as unknown as TermRow[];
  if (!terms.every(isSoundTerm)) throw damage('a term is not as it was written');
  return new Set(terms.map(({ id }) => id));
}

function holdsKnown(terms: Uint8Array, known: ReadonlySet<number>): boolean {
  let holds = true;
  visitTerms(terms, 0, terms.length, (id) => {
    holds &&= known.has(id);
  });
  return holds;
}

/** What is derived is made anew of the rows that stay: no segment knows of those that go. */
function forget(database: DatabaseSync, files: ReadonlySet<number>): void {
  const functions = database.prepare('DELETE FROM functions WHERE file_id = ?');
  const file = database.prepare('DELETE FROM files WHERE id = ?');
  for (const id of files) {
    functions.run(id);
    file.run(id);
  }
  database.exec(`DELETE FROM functions WHERE file_id NOT IN (SELECT id FROM files);
    DELETE FROM vectors WHERE function_id NOT IN (SELECT id FROM functions); DELETE FROM gone;
    DELETE FROM meta WHERE key NOT IN ('generation', 'place', 'refiner');
    UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'`);
}
