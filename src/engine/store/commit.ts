/** Writes one batch in one transaction: all of it is in the index afterwards, or nothing. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CodeFunction } from '../../core/code-function.ts';
import { encodeTerms } from '../../core/lexical/term-blob.ts';
import { beginning } from '../../core/text/beginning.ts';
import { type Batch, type FileRecord, type FunctionRecord, KINDS, type RefinedVector } from './records.ts';
import { checkOfContent, checkOfFile, checkOfTerm, checkOfTexts } from './row-check.ts';

/** Statements and the term table's cache, kept over commits. */
export interface Writer {
  readonly database: DatabaseSync;
  readonly statements: Readonly<Record<StatementName, StatementSync>>;
  /** Terms that this process has seen an id for lately. Emptied when a transaction fails: its ids may not exist. */
  readonly termIds: Map<string, number>;
  /** The highest id of a term, as this process left it with `generation`. */
  lastTermId: number;
  generation: number;
}

type StatementName = keyof typeof SQL;

const SQL = {
  upsertFile: `INSERT INTO files (path, size, mtime_ms, ctime_ms, hash, language, skip, file_check)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET size = excluded.size, mtime_ms = excluded.mtime_ms, ctime_ms = excluded.ctime_ms,
      hash = excluded.hash, language = excluded.language, skip = excluded.skip, file_check = excluded.file_check
    RETURNING id`,
  touchFile: 'UPDATE files SET size = ?, mtime_ms = ?, ctime_ms = ? WHERE path = ?',
  removeFile: 'DELETE FROM files WHERE path = ?',
  markGone:
    'INSERT INTO gone (function_id) SELECT f.id FROM functions f JOIN files ON files.id = f.file_id WHERE files.path = ?',
  removeFunctions: 'DELETE FROM functions WHERE file_id = (SELECT id FROM files WHERE path = ?)',
  addFunction: `INSERT INTO functions (file_id, kind, name, qualified_name, preview, start_line, end_line, part, content_hash,
    refined, terms, texts_check, content_check) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addVector: 'INSERT INTO vectors (function_id, vector) VALUES (?, ?)',
  contentOf:
    'SELECT vector, terms, content_check AS checksum FROM functions JOIN vectors ON function_id = id WHERE id = ?',
  addRefined: `INSERT INTO functions (file_id, kind, name, qualified_name, preview, start_line, end_line, part,
      content_hash, refined, terms, texts_check, content_check)
    SELECT file_id, kind, name, qualified_name, preview, start_line, end_line, part, content_hash, 1, terms,
      texts_check, ?
    FROM functions WHERE id = ?`,
  markOneGone: 'INSERT INTO gone (function_id) VALUES (?)',
  removeOne: 'DELETE FROM functions WHERE id = ?',
  findTerm: 'SELECT id FROM terms WHERE term = ?',
  addTerm: 'INSERT INTO terms (term, id, term_check) VALUES (?, ?, ?)',
  lastTermId: 'SELECT coalesce(max(id), 0) AS id FROM terms',
  setMeta: 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  addGeneration: `INSERT INTO meta (key, value) VALUES ('generation', '1')
    ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value`,
  generation: "SELECT value FROM meta WHERE key = 'generation'",
} as const;

/** A preview is one line of the panel. */
const PREVIEW_CHARS = 200;
/** Of a signature, to find its line by: enough to tell, little enough to stand on one line. */
const HEAD_CHARS = 24;
/** Bounds the memory, some 120 bytes each: half a million functions have more than a million terms, most of them once. */
const CACHE_TERMS = 200_000;

export function createWriter(database: DatabaseSync): Writer {
  const entries = Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]);
  const statements = Object.fromEntries(entries) as Writer['statements'];
  return { database, statements, termIds: new Map(), lastTermId: 0, generation: -1 };
}

/** Throws what SQLite throws, with nothing written. */
export function writeBatch(writer: Writer, batch: Batch): void {
  const { statements } = writer;
  transact(writer, () => {
    for (const path of batch.removed ?? []) removeFile(writer, path);
    for (const { path, size, mtimeMs, ctimeMs } of batch.touched ?? [])
      statements.touchFile.run(size, mtimeMs, ctimeMs, path);
    for (const file of batch.upserts ?? []) replaceFile(writer, file);
    if (batch.skipped) statements.setMeta.run('skipped', JSON.stringify(batch.skipped));
    if (batch.finished) {
      statements.setMeta.run('complete', '1');
      statements.setMeta.run('updated_at', String(Date.now()));
    }
  });
}

/**
 * A function with its refined vector takes the place of the one without, under a new id: readers follow it as they follow
 * an edit. One that is gone meanwhile, or damaged, is passed over. Returns the new ids by the old. Throws what SQLite throws, with nothing
 * written.
 */
export function writeRefined(writer: Writer, vectors: readonly RefinedVector[]): ReadonlyMap<number, number> {
  const { contentOf, addRefined, addVector, markOneGone, removeOne } = writer.statements;
  const ids = new Map<number, number>();
  transact(writer, () => {
    for (const { id, vector } of vectors) {
      const row = contentOf.get(id) as StoredContent | undefined;
      // A new checksum would make damaged terms pass for sound ones.
      if (!row || checkOfContent(row.vector, row.terms) !== row.checksum) continue;
      const { lastInsertRowid } = addRefined.run(checkOfContent(vector, row.terms), id);
      addVector.run(lastInsertRowid, vector);
      markOneGone.run(id);
      removeOne.run(id);
      ids.set(id, Number(lastInsertRowid));
    }
  });
  return ids;
}

interface StoredContent {
  readonly vector: Uint8Array;
  readonly terms: Uint8Array;
  readonly checksum: number;
}

function transact(writer: Writer, work: () => void): void {
  const { database, statements } = writer;
  database.exec('BEGIN IMMEDIATE');
  try {
    catchUp(writer);
    work();
    writer.generation = numberIn(statements.addGeneration.get());
    database.exec('COMMIT');
  } catch (error) {
    writer.termIds.clear();
    writer.generation = -1;
    rollBack(database);
    throw error;
  }
}

/** Another process may have added terms since. */
function catchUp(writer: Writer): void {
  const { lastTermId, generation } = writer.statements;
  if (numberIn(generation.get()) === writer.generation) return;
  writer.lastTermId = (lastTermId.get() as { id: number }).id;
}

/** Of a row of `meta`; 0 where there is none. */
const numberIn = (row: unknown): number => Number((row as { value: string } | undefined)?.value ?? 0);

/** A failed COMMIT may have ended the transaction already. */
function rollBack(database: DatabaseSync): void {
  if (database.isTransaction) database.exec('ROLLBACK');
}

function removeFile({ statements }: Writer, path: string): void {
  statements.markGone.run(path);
  statements.removeFunctions.run(path);
  statements.removeFile.run(path);
}

function replaceFile(writer: Writer, file: FileRecord): void {
  const { statements } = writer;
  statements.markGone.run(file.path);
  statements.removeFunctions.run(file.path);
  const { path, size, mtimeMs, ctimeMs, hash, language, skip } = file;
  const { id } = statements.upsertFile.get(
    ...[path, size, mtimeMs, ctimeMs, hash, language, skip, checkOfFile(file)],
  ) as { id: number };
  for (const record of file.functions) addFunction(writer, id, record);
}

function addFunction(
  writer: Writer,
  fileId: number,
  { fn, contentHash, vector, refined, terms }: FunctionRecord,
): void {
  const row = {
    file_id: fileId,
    kind: KINDS.indexOf(fn.kind),
    name: fn.name,
    qualified_name: fn.qualifiedName,
    preview: previewOf(fn),
    start_line: fn.startLine,
    end_line: fn.endLine,
    part: fn.part ? JSON.stringify(fn.part) : null,
    content_hash: contentHash,
  };
  const ids = Array.from(terms.keys(), (term) => termId(writer, term));
  const encoded = encodeTerms(ids, [...terms.values()]);
  const { lastInsertRowid } = writer.statements.addFunction.run(
    ...Object.values(row),
    refined ? 1 : 0,
    encoded,
    checkOfTexts(row),
    checkOfContent(vector, encoded),
  );
  writer.statements.addVector.run(lastInsertRowid, vector);
}

/** The line on which the definition itself begins, below its attributes; else the first line that tells something. */
export function previewOf({ code, signature }: CodeFunction): string {
  const lines = code.split('\n').map((line) => line.trim());
  const head = signature.slice(0, HEAD_CHARS);
  // The signature is on one line, the code's own may be shorter.
  const begins = (line: string): boolean => line !== '' && (line.includes(head) || signature.startsWith(line));
  const line = (head && lines.find(begins)) || lines.find(tellsSomething) || '';
  return beginning(line, PREVIEW_CHARS);
}

/** A line of `/**` or `{` does not. */
const tellsSomething = (line: string): boolean => /[\p{L}\p{Nd}]/u.test(line);

function termId(writer: Writer, term: string): number {
  const known = writer.termIds.get(term);
  if (known !== undefined) return known;
  const { findTerm, addTerm } = writer.statements;
  const found = findTerm.get(term) as { id: number } | undefined;
  const id = found?.id ?? ++writer.lastTermId;
  if (!found) addTerm.run(term, id, checkOfTerm(term, id));
  if (writer.termIds.size >= CACHE_TERMS) writer.termIds.clear();
  writer.termIds.set(term, id);
  return id;
}
