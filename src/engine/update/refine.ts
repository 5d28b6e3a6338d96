/**
 * Replaces the student's vectors by refined ones: enter → refine → commit, batch by batch, the file that was changed last
 * first. It changes vectors alone; what is indexed is the update's business.
 */
import { KenningError } from '../../core/errors.ts';
import type { RefineOptions } from '../api/work.ts';
import type { CodeRefiner } from '../embed/refiner.ts';
import type { RefinedCache } from '../refined-cache/refined-cache.ts';
import type { RefinedVector, WaitingFile, WaitingFunction } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { quantise } from '../vectors/quantise.ts';
import { type EnteredFunction, type EntrySources, enteredOf } from './refine-entries.ts';

/** About half a second's work on one core: what a kill, or an update that comes in between, loses. */
const BATCH_FUNCTIONS = 128;

export interface RefineContext extends EntrySources {
  readonly store: Store;
  readonly refiner: CodeRefiner;
  readonly cache: RefinedCache;
  /** Awaited before each run of the model, so that searches come first. */
  readonly turn: () => Promise<void>;
  /** After each commit: what the next search needs is made before it is asked. */
  readonly committed: () => Promise<unknown>;
}

export interface RefineOutcome {
  readonly refined: number;
  readonly cancelled: boolean;
}

/** Functions that are with the refiner. */
interface Batch {
  readonly functions: readonly EnteredFunction[];
  readonly vectors: Promise<readonly Int8Array[]>;
}

interface Run {
  readonly context: RefineContext;
  readonly options: RefineOptions;
  readonly functions: number;
  waiting: EnteredFunction[];
  /** Out of the cache, to be committed together. */
  cached: RefinedVector[];
  underWay: Batch | null;
  refined: number;
  /** Refined in the whole index. */
  done: number;
}

export async function refineIndex(context: RefineContext, options: RefineOptions): Promise<RefineOutcome> {
  const { functions } = context.store.counts();
  const done = functions - context.store.rows.waiting();
  const run: Run = { context, options, functions, waiting: [], cached: [], underWay: null, refined: 0, done };
  try {
    await carryOut(run);
    return { refined: run.refined, cancelled: false };
  } catch (error) {
    if (!(error instanceof KenningError) || error.code !== 'cancelled') throw error;
    return { refined: run.refined, cancelled: true };
  }
}

async function carryOut(run: Run): Promise<void> {
  for (const file of run.context.store.rows.waitingFiles()) {
    run.waiting.push(...(await enteredOf(run.context, file, takeCached(run, file))));
    await takeTurn(run);
    if (run.cached.length >= BATCH_FUNCTIONS) await take(run, run.cached.splice(0));
    while (run.waiting.length >= BATCH_FUNCTIONS) await beginBatch(run);
  }
  if (run.cached.length > 0) await take(run, run.cached.splice(0));
  if (run.waiting.length > 0) await beginBatch(run);
  await endBatch(run);
}

/** Those of the file's functions that no vector is known of. */
function takeCached(run: Run, { path }: WaitingFile): readonly WaitingFunction[] {
  const { store, cache } = run.context;
  const waiting = store.rows.waitingFunctions(path);
  const cached = cache.get(waiting.map(({ contentHash }) => contentHash));
  const known = waiting.filter(({ contentHash }) => cached.has(contentHash));
  run.cached.push(...known.map(({ id, contentHash }) => ({ id, vector: cached.get(contentHash)! })));
  return waiting.filter(({ contentHash }) => !cached.has(contentHash));
}

/** A refiner aside has the next batch before it while the last one is written, and the files of one more are read. */
async function beginBatch(run: Run): Promise<void> {
  const { refiner } = run.context;
  const functions = run.waiting.splice(0, BATCH_FUNCTIONS);
  const entries = functions.map(({ entry }) => entry);
  const vectors = refiner.refineCode(entries, () => takeTurn(run)).then((found) => found.map(quantise));
  // Where the work ends before it is this batch's turn, nobody asks what became of it.
  vectors.catch(() => undefined);
  await endBatch(run);
  run.underWay = { functions, vectors };
  if (!refiner.isAside) await endBatch(run);
}

async function endBatch(run: Run): Promise<void> {
  if (!run.underWay) return;
  const { functions, vectors: refining } = run.underWay;
  run.underWay = null;
  const vectors = await refining;
  run.context.cache.put(functions.map(({ contentHash }, i) => ({ contentHash, vector: vectors[i]! })));
  await take(
    run,
    functions.map(({ id }, i) => ({ id, vector: vectors[i]! })),
  );
}

async function take(run: Run, vectors: readonly RefinedVector[]): Promise<void> {
  const { store, turn, committed } = run.context;
  // Between the questions of someone who types, neither.
  await turn();
  store.commitRefined(vectors);
  run.refined += vectors.length;
  run.done += vectors.length;
  run.options.onProgress?.({ phase: 'refine', done: run.done, total: run.functions, functions: run.functions });
  await takeTurn(run);
  await committed();
}

async function takeTurn({ context, options }: Run): Promise<void> {
  await options.gate?.();
  await context.turn();
  if (options.signal?.aborted) throw new KenningError('cancelled', 'Refining was cancelled.');
}
