/** Looks at every row of an index's database: as SQLite sees it, by the rows' own checksums, and at what they refer to. */
import { setImmediate } from 'node:timers/promises';
import { KenningError } from '../../core/errors.ts';
import { visitTerms } from '../../core/lexical/term-blob.ts';
import type { VerifyCheck } from '../api/repair.ts';
import { type CheckedFunction, isSoundRow } from '../store/check-quickly.ts';
import { placeOf } from '../store/database.ts';
import { readIdentity } from '../store/index-folder.ts';
import { type IndexIdentity, KINDS } from '../store/records.ts';
import { checkOfFile, type FileTexts, isSoundTerm, type TermRow } from '../store/row-check.ts';
import type { Store } from '../store/store.ts';
import { Problems } from './problems.ts';

/** Read at a time, so that searches get their turn in between. */
const ROWS = 500;
/** Lines of SQLite's own report. */
const REPORT_LINES = 10;

/** Rejects with `cancelled`. */
export async function checkDatabase(store: Store, dimensions: number, signal?: AbortSignal): Promise<VerifyCheck[]> {
  const structure = checkStructure(store);
  const terms = new Problems();
  const known = terms.attempt(() => knownTerms(store, terms)) ?? new Set();
  const files = checkFiles(store);
  const functions = new Problems();
  const count = await checkFunctions(store, { dimensions, known, functions, terms }, signal);
  return [
    structure,
    files,
    {
      area: 'functions',
      checked: `${count.toLocaleString('en')} functions: checksums, vector lengths, files that they belong to`,
      problems: functions.told,
    },
    {
      area: 'terms',
      checked: `${known.size.toLocaleString('en')} terms, and the functions' terms read back`,
      problems: terms.told,
    },
    checkState(store),
  ];
}

function checkStructure({ database }: Store): VerifyCheck {
  const problems = new Problems();
  problems.attempt(() => {
    const lines = database.prepare(`PRAGMA integrity_check(${REPORT_LINES})`).all() as { integrity_check: string }[];
    for (const { integrity_check: line } of lines) if (line !== 'ok') problems.add(`SQLite reports: ${line}.`);
  });
  return { area: 'database', checked: "the database's pages, tables and their own indexes", problems: problems.told };
}

function knownTerms({ database }: Store, problems: Problems): Set<number> {
  const rows = database.prepare('SELECT term, id, term_check FROM terms').all() as unknown as TermRow[];
  for (const row of rows) if (!isSoundTerm(row)) problems.add(`The term ${row.id} is not as it was written.`);
  return new Set(rows.map(({ id }) => id));
}

function checkFiles({ database }: Store): VerifyCheck {
  const problems = new Problems();
  let count = 0;
  problems.attempt(() => {
    const rows = database.prepare('SELECT path, hash, language, skip, file_check FROM files').iterate();
    for (const row of rows as Iterable<unknown> as Iterable<FileTexts & { file_check: number }>) {
      count++;
      if (checkOfFile(row) !== row.file_check)
        problems.add(`The record of the file ${row.path} is not as it was written.`);
    }
  });
  return { area: 'files', checked: `${count.toLocaleString('en')} files: checksums`, problems: problems.told };
}

interface Asked {
  readonly dimensions: number;
  readonly known: ReadonlySet<number>;
  readonly functions: Problems;
  readonly terms: Problems;
}

/** Returns how many were read. */
async function checkFunctions({ database }: Store, asked: Asked, signal?: AbortSignal): Promise<number> {
  const sql = `SELECT f.*, vector, (SELECT path FROM files WHERE files.id = f.file_id) AS path
    FROM functions f LEFT JOIN vectors ON function_id = f.id WHERE f.id > ? ORDER BY f.id LIMIT ${ROWS}`;
  let count = 0;
  for (let last = 0; ; ) {
    const rows = asked.functions.attempt(() => database.prepare(sql).all(last) as unknown as FunctionAndFile[]) ?? [];
    for (const row of rows) checkFunction(row, asked);
    count += rows.length;
    if (rows.length < ROWS) return count;
    last = rows.at(-1)!.id;
    await setImmediate();
    if (signal?.aborted) throw new KenningError('cancelled', 'The check was cancelled.');
  }
}

type FunctionAndFile = CheckedFunction & { readonly path: string | null };

function checkFunction(row: FunctionAndFile, { dimensions, known, functions, terms }: Asked): void {
  const name = `The function ${row.id}${row.path === null ? '' : ` of ${row.path}`}`;
  if (row.path === null) functions.add(`${name} belongs to no file.`);
  if (!isSoundRow(row)) {
    functions.add(`${name} is not as it was written.`);
    return;
  }
  // Only of a row that is as it was written: other bytes may mean anything.
  const { length } = row.vector;
  if (length !== dimensions) functions.add(`${name} has a vector of ${length} bytes instead of ${dimensions}.`);
  if (!KINDS[row.kind]) functions.add(`${name} is of a kind that there is not.`);
  let unknown = 0;
  visitTerms(row.terms, 0, row.terms.length, (id) => {
    if (!known.has(id)) unknown++;
  });
  if (unknown > 0) terms.add(`${name} holds ${unknown} terms that are not in the list of terms.`);
}

function checkState(store: Store): VerifyCheck {
  const problems = new Problems();
  problems.attempt(() => {
    const sql = 'SELECT count(*) AS n FROM gone JOIN functions ON functions.id = gone.function_id';
    const { n } = store.database.prepare(sql).get() as { n: number };
    if (n > 0) problems.add(`${n} functions count as removed and are there all the same.`);
    for (const { key, value } of metaRows(store)) {
      if (!isPlausible(key, value)) problems.add(`The entry "${key}" of the index's state makes no sense.`);
    }
  });
  return {
    area: 'state',
    checked: "the index's state, and what was removed since the last compaction",
    problems: problems.told,
  };
}

/** Whose index it is, as the database and the note beside it say. */
export function checkIdentity(store: Store, own: IndexIdentity): VerifyCheck {
  const problems = new Problems();
  problems.attempt(() => {
    const place = metaRows(store).find(({ key }) => key === 'place')?.value;
    if (place !== placeOf(store.dir)) problems.add('The database is that of another folder or model.');
  });
  if (JSON.stringify(readIdentity(store.dir)) !== JSON.stringify(own))
    problems.add('The record of what made the index is missing or that of another index.');
  return { area: 'identity', checked: 'folder, format, chunker and model as recorded', problems: problems.told };
}

const metaRows = ({ database }: Store): { key: string; value: string }[] =>
  database.prepare('SELECT key, value FROM meta').all() as { key: string; value: string }[];

const STATE: Readonly<Record<string, (value: string) => boolean>> = {
  generation: (value) => /^\d+$/.test(value),
  complete: (value) => value === '1',
  updated_at: (value) => /^\d+$/.test(value),
  skipped: isCounts,
  base: (value) => /^base-\d+-[0-9a-f]{8}\.seg$/.test(value),
  refiner: (value) => value !== '',
  place: (value) => value !== '',
};

const isPlausible = (key: string, value: string): boolean => Object.hasOwn(STATE, key) && STATE[key]!(value);

function isCounts(json: string): boolean {
  try {
    return Object.values(JSON.parse(json) as object).every((count) => Number.isInteger(count));
  } catch {
    return false;
  }
}
