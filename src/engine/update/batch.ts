/**
 * Files on their way into the index, gathered until they are worth a transaction. A vector that the file already has for
 * the same text is kept; the others are computed together.
 */
import type { Student } from '../embed/student.ts';
import type { RefinedCache } from '../refined-cache/refined-cache.ts';
import type { FunctionTable } from '../store/function-table.ts';
import type { Batch, FileRecord, FunctionRecord, StoredVector } from '../store/records.ts';
import { quantise } from '../vectors/quantise.ts';
import type { FoundFile } from '../walk/walk.ts';
import type { EmbeddedFunction } from './kept-entries.ts';
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

/** Where vectors are that need not be computed. */
export interface Known {
  readonly rows: Pick<FunctionTable, 'vectorsOf'>;
  /** Refined ones of other folders, and of what this one held before; null without a refiner. */
  readonly cache: Pick<RefinedCache, 'get'> | null;
}

/** The batch to commit, and those of its functions that were embedded for it. */
export async function finishBatch(
  gathered: Gathered,
  { rows, cache }: Known,
  student: Student,
): Promise<{ batch: Batch; embedded: readonly EmbeddedFunction[] }> {
  const known = gathered.files.map((file) => rows.vectorsOf(file.path));
  const lacking = gathered.files.flatMap(({ functions }, i) =>
    functions.filter(({ contentHash }) => !known[i]!.has(contentHash)),
  );
  const cached = cache?.get(lacking.map(({ contentHash }) => contentHash)) ?? new Map<string, Int8Array>();
  const missing = lacking.filter(({ contentHash }) => !cached.has(contentHash));
  const vectors = await student.embedCode(missing.map(({ text }) => text));
  const embedded = missing.map(({ contentHash, text }, i) => ({ contentHash, text, vector: quantise(vectors[i]!) }));
  const computed = new Map(missing.map((fn, i) => [fn, embedded[i]!.vector]));
  const vectorOf = (fn: PreparedFunction, ofFile: ReadonlyMap<string, StoredVector>): StoredVector => {
    const vector = computed.get(fn);
    if (vector) return { vector, refined: false };
    return ofFile.get(fn.contentHash) ?? { vector: cached.get(fn.contentHash)!, refined: true };
  };
  const upserts = gathered.files.map((file, i): FileRecord => {
    const functions = file.functions.map((fn): FunctionRecord => {
      const { text: _, ...record } = fn;
      return { ...record, ...vectorOf(fn, known[i]!) };
    });
    return { ...file, functions };
  });
  return { batch: { upserts, touched: gathered.touched }, embedded };
}
