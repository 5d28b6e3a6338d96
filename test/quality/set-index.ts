/** An index of functions that are parsed already: what an update would have made of their files. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fieldTerms } from '../../src/core/lexical/fields.ts';
import { termsOf } from '../../src/core/lexical/terms.ts';
import { codeText } from '../../src/core/student/template.ts';
import type { Student } from '../../src/engine/embed/student.ts';
import { indexFolder } from '../../src/engine/store/index-folder.ts';
import type { IndexIdentity } from '../../src/engine/store/records.ts';
import { Store } from '../../src/engine/store/store.ts';
import { emptyBatch, finishBatch, isFull } from '../../src/engine/update/batch.ts';
import type { PreparedFile, PreparedFunction } from '../../src/engine/update/prepare.ts';
import type { PlacedFunction, QuestionSet } from './question-sets.ts';

/** Opens the set's index below `storageDir`, filling it unless that was done before. */
export async function openSetIndex(
  { name, digest, functions }: QuestionSet,
  storageDir: string,
  identity: IndexIdentity,
  student: Student,
): Promise<Store> {
  // No folder on disk has this name: functions that differ have another index.
  const folder = join('questions', digest, name);
  const store = Store.open(indexFolder(storageDir, folder, identity), folder);
  if (!store.meta().complete) await fill(store, functions, student);
  return store;
}

async function fill(store: Store, functions: readonly PlacedFunction[], student: Student): Promise<void> {
  // A fill that was broken off left some files behind.
  store.clear();
  let gathered = emptyBatch();
  const commit = async (finished: boolean): Promise<void> => {
    const { batch } = await finishBatch(gathered, { rows: store.rows, cache: null }, student);
    store.commit({ ...batch, finished });
    gathered = emptyBatch();
  };
  for (const file of preparedFiles(functions, student.codeTemplate)) {
    gathered.files.push(file);
    if (isFull(gathered, Number.POSITIVE_INFINITY)) await commit(false);
  }
  await commit(true);
}

/** Functions by file, in their order; a file has no bytes here, so that its size, time and hash say nothing. */
export function preparedFiles(functions: readonly PlacedFunction[], codeTemplate: string): PreparedFile[] {
  return [...Map.groupBy(functions, ({ path }) => path)].map(([path, fns]) => {
    const pathTerms = termsOf(path);
    return {
      path,
      size: 0,
      mtimeMs: 0,
      ctimeMs: 0,
      hash: '',
      language: fns[0]!.language,
      skip: null,
      functions: fns.map((fn) => preparedFunction(fn, codeTemplate, pathTerms)),
    };
  });
}

function preparedFunction(
  { path, ...fn }: PlacedFunction,
  codeTemplate: string,
  pathTerms: readonly string[],
): PreparedFunction {
  const text = codeText(codeTemplate, path, fn);
  const contentHash = createHash('sha1').update(text).digest('base64url');
  return { fn, text, contentHash, terms: fieldTerms(fn, pathTerms) };
}
