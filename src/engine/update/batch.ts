/**
 * Files on their way into the index, gathered until they are worth a transaction. A vector that the file already has for
 * the same text is kept; the others are computed together.
 */
import type { Student } from '../embed/student.ts';
import type { Batch, FileRecord, FunctionRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { quantise } from '../vectors/quantise.ts';
import type { FoundFile } from '../walk/walk.ts';
import type { PreparedFile, PreparedFunction } from './prepare.ts';

/** Enough that a transaction's fixed cost is nothing, few enough that a kill loses a second's work. */
const BATCH_FUNCTIONS = 512;
const BATCH_FILES = 256;
/** What is committed can be found: the first batches are small, each twice as large as the one before. */
const FIRST_FUNCTIONS = 64;

export interface Gathered {
  readonly files: PreparedFile[];
  readonly touched: FoundFile[];
}

export function emptyBatch(): Gathered {
  return { files: [], touched: [] };
}

/** `batches`: committed before. `mostFunctions`: of a model so slow that the usual number would take too long to lose. */
export function isFull({ files, touched }: Gathered, batches: number, mostFunctions = BATCH_FUNCTIONS): boolean {
  const functions = files.reduce((sum, file) => sum + file.functions.length, 0);
  const most = Math.min(mostFunctions, FIRST_FUNCTIONS * 2 ** batches);
  return functions >= most || files.length + touched.length >= BATCH_FILES;
}

/** The batch to commit, and how many of its functions were embedded for it. */
export async function finishBatch(
  gathered: Gathered,
  store: Pick<Store, 'vectorsOf'>,
  student: Student,
): Promise<{ batch: Batch; embedded: number }> {
  const known = gathered.files.map((file) => store.vectorsOf(file.path));
  const missing: PreparedFunction[] = [];
  gathered.files.forEach((file, i) => {
    for (const fn of file.functions) if (!known[i]!.has(fn.contentHash)) missing.push(fn);
  });
  const vectors = await student.embedCode(missing.map(({ text }) => text));
  const computed = new Map(missing.map((fn, i) => [fn, quantise(vectors[i]!)]));
  const upserts = gathered.files.map((file, i): FileRecord => {
    const functions = file.functions.map((fn): FunctionRecord => {
      const { text: _, ...record } = fn;
      const vector = computed.get(fn);
      return { ...record, ...(vector ? { vector, refined: false } : known[i]!.get(fn.contentHash)!) };
    });
    return { ...file, functions };
  });
  return { batch: { upserts, touched: gathered.touched }, embedded: missing.length };
}
