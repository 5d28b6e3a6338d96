/**
 * Brings an index up to date: scan → plan → read → parse → embed → commit, batch by batch. What has not changed is
 * neither parsed nor embedded; a batch is in the index whole or not at all; between batches an update can be paused or
 * cancelled, and the next one goes on from there.
 */
import { setImmediate } from 'node:timers/promises';
import { KenningError } from '../../core/errors.ts';
import type { UpdateOptions } from '../api/work.ts';
import type { Student } from '../embed/student.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { RefinedCache } from '../refined-cache/refined-cache.ts';
import type { StoredFile } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { requireFolder } from '../walk/tree.ts';
import type { FoundFile } from '../walk/walk.ts';
import { workedAhead } from './ahead.ts';
import { emptyBatch, finishBatch, type Gathered, isFull } from './batch.ts';
import type { KeptEntries } from './kept-entries.ts';
import { planUpdate } from './plan.ts';
import { type Reading, readFile } from './reading.ts';
import { scan } from './scan.ts';

export interface UpdateContext {
  readonly folder: string;
  readonly excludes: readonly string[];
  readonly store: Store;
  readonly parser: SourceParser;
  /** For many files; to be disposed of after them, unless it is `parser` itself. */
  readonly threadedParser: () => SourceParser;
  readonly student: Student;
  readonly cache: RefinedCache | null;
  /** What a refiner will read; null without one. */
  readonly kept: Pick<KeptEntries, 'keep'> | null;
}

export interface UpdateOutcome {
  readonly filesParsed: number;
  readonly embedded: number;
  readonly cancelled: boolean;
}

/** Other work of the process, such as answering a search, gets its turn at least this often. */
const TURN_MS = 12;

/** Files that are worth a thread that parses them: half a second's work. */
const THREAD_BYTES = 2 * 2 ** 20;

interface Run {
  readonly context: UpdateContext;
  readonly options: UpdateOptions;
  batch: Gathered;
  batches: number;
  filesParsed: number;
  embedded: number;
}

export async function updateIndex(context: UpdateContext, options: UpdateOptions): Promise<UpdateOutcome> {
  const run: Run = {
    context,
    options,
    batch: emptyBatch(),
    batches: 0,
    filesParsed: 0,
    embedded: 0,
  };
  try {
    await carryOut(run);
    return { filesParsed: run.filesParsed, embedded: run.embedded, cancelled: false };
  } catch (error) {
    if (!(error instanceof KenningError) || error.code !== 'cancelled') throw error;
    return { filesParsed: run.filesParsed, embedded: run.embedded, cancelled: true };
  }
}

async function carryOut(run: Run): Promise<void> {
  const { store } = run.context;
  const { paths, first } = run.options;
  if (paths === undefined && first && first.length > 0) await indexFirst(run, first);
  const stored = store.files.all();
  const { found, skipped, unreadable } = await scan(run.context, run.options, paths);
  const plan = planUpdate(found, stored, unreadable, { scope: paths, first });
  // With the folder itself everything in it seems gone, or unreadable: the index outlives that.
  await requireFolder(run.context.folder);
  if (plan.gone.length > 0) store.commit({ removed: plan.gone });
  await indexFiles(run, plan.read, stored);
  await commitBatch(run);
  await requireFolder(run.context.folder);
  if (paths === undefined && !isSettled(run, plan.gone.length)) store.commit({ skipped, finished: true });
}

/** A batch of its own before the folder is listed, which takes longer the larger that is. */
async function indexFirst(run: Run, first: readonly string[]): Promise<void> {
  const { store } = run.context;
  const stored = store.files.all();
  const { found, unreadable } = await scan(run.context, run.options, first);
  // What is gone is the whole scan's business.
  const { read } = planUpdate(found, stored, unreadable, { scope: [], first });
  await indexFiles(run, read, stored);
  if (await commitBatch(run)) await betweenBatches(run);
}

/** Where an update is paused or ended. */
async function betweenBatches({ options: { gate, signal } }: Run): Promise<void> {
  await gate?.();
  if (signal?.aborted) throw new KenningError('cancelled', 'The update was cancelled.');
}

/** A run that found nothing to do on a complete index writes nothing. */
function isSettled(run: Run, gone: number): boolean {
  return gone === 0 && run.filesParsed === 0 && run.context.store.meta().complete;
}

async function indexFiles(
  run: Run,
  files: readonly FoundFile[],
  stored: ReadonlyMap<string, StoredFile>,
): Promise<void> {
  const parser = parserFor(run.context, files);
  try {
    await indexWith(parser, run, files, stored);
  } finally {
    if (parser !== run.context.parser) parser.dispose();
  }
}

/** A thread takes a moment to start, and memory. */
function parserFor({ parser, threadedParser }: UpdateContext, files: readonly FoundFile[]): SourceParser {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return bytes >= THREAD_BYTES ? threadedParser() : parser;
}

async function indexWith(
  parser: SourceParser,
  run: Run,
  files: readonly FoundFile[],
  stored: ReadonlyMap<string, StoredFile>,
): Promise<void> {
  let turnAt = performance.now();
  let done = 0;
  const read = (file: FoundFile): Promise<Reading> => readFile(run.context, parser, file, stored.get(file.path));
  for await (const reading of workedAhead(files, parser.ahead ?? 1, read)) {
    done++;
    gather(run, reading);
    if (performance.now() - turnAt > TURN_MS) {
      await setImmediate();
      turnAt = performance.now();
    }
    if (!isFull(run.batch, run.batches, run.context.student.batchFunctions)) continue;
    await commitBatch(run);
    report(run, done, files.length);
    await betweenBatches(run);
  }
  if (files.length > 0) report(run, files.length, files.length);
}

function gather(run: Run, reading: Reading): void {
  if (!reading) return;
  if ('touched' in reading) {
    run.batch.touched.push(reading.touched);
    return;
  }
  run.batch.files.push(reading.file);
  if (reading.isParsed) run.filesParsed++;
}

/** False when there was nothing to commit. */
async function commitBatch(run: Run): Promise<boolean> {
  const { store, student, cache, kept } = run.context;
  if (run.batch.files.length + run.batch.touched.length === 0) return false;
  const { batch, embedded } = await finishBatch(run.batch, { rows: store.rows, cache }, student);
  store.commit(batch);
  await kept?.keep(embedded);
  run.embedded += embedded.length;
  run.batch = emptyBatch();
  run.batches++;
  return true;
}

function report({ options, context }: Run, done: number, total: number): void {
  const { functions } = context.store.counts();
  options.onProgress?.({ phase: 'index', done, total, functions });
}
