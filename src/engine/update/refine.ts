/**
 * Replaces the student's vectors by refined ones: read → parse → embed → refine → commit, batch by batch, the file that
 * was changed last first. A file that is no longer what the index knows is left to the next update. It changes vectors
 * alone; what is indexed is the update's business.
 */
import { KenningError } from '../../core/errors.ts';
import type { RefineOptions } from '../api.ts';
import type { Refiner } from '../embed/refiner.ts';
import type { Student } from '../embed/student.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { WaitingFile } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { quantise } from '../vectors/quantise.ts';
import { readSource } from '../walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../walk/walk.ts';
import { textsOf } from './prepare.ts';

/** About half a second's work on one core: what a kill, or an update that comes in between, loses. */
const BATCH_FUNCTIONS = 128;

export interface RefineContext {
  readonly folder: string;
  readonly store: Store;
  readonly parser: SourceParser;
  readonly student: Student;
  readonly refiner: Refiner;
  /** Awaited before each run of the model, so that searches come first. */
  readonly turn: () => Promise<void>;
}

export interface RefineOutcome {
  readonly refined: number;
  readonly cancelled: boolean;
}

interface Waiting {
  readonly id: number;
  readonly text: string;
}

interface Run {
  readonly context: RefineContext;
  readonly options: RefineOptions;
  readonly functions: number;
  waiting: Waiting[];
  refined: number;
  /** Refined in the whole index. */
  done: number;
}

export async function refineIndex(context: RefineContext, options: RefineOptions): Promise<RefineOutcome> {
  const { functions } = context.store.counts();
  const done = functions - context.store.waiting();
  const run: Run = { context, options, functions, waiting: [], refined: 0, done };
  try {
    await carryOut(run);
    return { refined: run.refined, cancelled: false };
  } catch (error) {
    if (!(error instanceof KenningError) || error.code !== 'cancelled') throw error;
    return { refined: run.refined, cancelled: true };
  }
}

async function carryOut(run: Run): Promise<void> {
  for (const file of run.context.store.waitingFiles()) {
    run.waiting.push(...(await waitingIn(run, file)));
    await takeTurn(run);
    while (run.waiting.length >= BATCH_FUNCTIONS) await refineBatch(run);
  }
  if (run.waiting.length > 0) await refineBatch(run);
}

/** A function whose text is not found again, as when the file has changed since, has to wait for the next update. */
async function waitingIn({ context }: Run, { path, hash }: WaitingFile): Promise<Waiting[]> {
  const source = await readSource(context.folder, path, DEFAULT_MAX_FILE_BYTES);
  if ('skip' in source || source.hash !== hash) return [];
  const { functions } = await textsOf(context.parser, context.student.codeTemplate, path, source);
  const texts = new Map(functions.map(({ contentHash, text }) => [contentHash, text]));
  return context.store.waitingFunctions(path).flatMap(({ id, contentHash }) => {
    const text = texts.get(contentHash);
    return text === undefined ? [] : [{ id, text }];
  });
}

async function refineBatch(run: Run): Promise<void> {
  const { store, student, refiner } = run.context;
  const batch = run.waiting.splice(0, BATCH_FUNCTIONS);
  const texts = batch.map(({ text }) => text);
  // Not the stored ones: those are rounded, or another refiner's.
  const bases = await student.embedCode(texts);
  const vectors = await refiner.refineCode(texts, bases, () => takeTurn(run));
  store.commitRefined(batch.map(({ id }, i) => ({ id, vector: quantise(vectors[i]!) })));
  run.refined += batch.length;
  run.done += batch.length;
  run.options.onProgress?.({ phase: 'refine', done: run.done, total: run.functions, functions: run.functions });
  await takeTurn(run);
}

async function takeTurn({ context, options }: Run): Promise<void> {
  await options.gate?.();
  await context.turn();
  if (options.signal?.aborted) throw new KenningError('cancelled', 'Refining was cancelled.');
}
