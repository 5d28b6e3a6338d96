/**
 * What changes one folder's index: updates and refinings, one after the other, each as the index's only writer. An update
 * that is asked for overtakes a refining, which goes on after it.
 */
import { availableParallelism } from 'node:os';
import { KenningError } from '../core/errors.ts';
import type { IndexReport, RefineOptions, RefineReport, UpdateOptions } from './api/work.ts';
import type { CodeRefiner, Refiner } from './embed/refiner.ts';
import { createThreadedRefiner, type ThreadedRefiner } from './embed/threaded-refiner.ts';
import type { FolderParsers } from './folder-parsers.ts';
import { type FolderParts, waitingIn } from './folder-parts.ts';
import { modelDir, REFINER_MODEL } from './install-dir.ts';
import type { SourceParser } from './parse/parser.ts';
import { asksRefined } from './search/question-vector.ts';
import { removeLeftovers } from './store/leftovers.ts';
import { acquireAsWriter } from './store/writing-mark.ts';
import { DAMAGED, indexReport } from './store-facts.ts';
import { type Turns, unlessAborted } from './turns.ts';
import type { UnsavedFiles } from './unsaved/unsaved-files.ts';
import { KeptEntries } from './update/kept-entries.ts';
import { type RefineOutcome, refineIndex } from './update/refine.ts';
import { updateIndex } from './update/update.ts';

/** So many functions are worth the start of threads that refine them: some seconds of work. */
const WORTH_THREADS = 500;

export interface IndexWorkParts extends FolderParts {
  readonly parsers: FolderParsers;
  readonly unsaved: UnsavedFiles;
  readonly turns: Turns;
  /** Aborts when the engine is closed. */
  readonly closing: AbortSignal;
}

/** Of one request to refine, kept over the updates that come in between. */
interface Refining {
  readonly options: RefineOptions;
  threads: ThreadedRefiner | null;
}

export class IndexWork {
  readonly #parts: IndexWorkParts;
  /** Null without a refiner. */
  readonly #kept: KeptEntries | null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: IndexWorkParts) {
    this.#parts = parts;
    const { refiner } = parts.models.refinement;
    this.#kept = refiner && new KeptEntries((text) => refiner.idsOf(text));
  }

  /** Of all that was asked for so far. */
  get ended(): Promise<unknown> {
    return this.#last;
  }

  update(options: UpdateOptions): Promise<IndexReport> {
    this.#parts.turns.overtake();
    return this.#inTurn(() => this.#update(options));
  }

  async refine(options: RefineOptions): Promise<RefineReport> {
    const refining: Refining = { options, threads: null };
    try {
      return await this.#refineWhileOvertaken(refining);
    } finally {
      await refining.threads?.dispose();
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #asWriter<T>(work: (parser: SourceParser) => Promise<T>): Promise<T> {
    const { store, parsers } = this.#parts;
    if (store.damaged) throw new KenningError('index-unreadable', DAMAGED);
    const lock = acquireAsWriter(store.dir, () => store.checkInterrupted());
    try {
      return await work(await parsers.shared());
    } finally {
      lock.release();
    }
  }

  #update(options: UpdateOptions): Promise<IndexReport> {
    const startedAt = performance.now();
    const { store, models, cache, parsers, unsaved, closing } = this.#parts;
    const { folder, excludes = [] } = this.#parts.options;
    return this.#asWriter(async (parser) => {
      const signal = options.signal ? AbortSignal.any([options.signal, closing]) : closing;
      // A rebuild that is cancelled before it begins leaves the index as it was.
      if (options.rebuild && !signal.aborted) store.clear();
      this.#adoptRefiner();
      const threadedParser = (): SourceParser => parsers.forMany(parser);
      const { student } = models;
      const context = { folder, excludes, store, parser, threadedParser, student, cache, kept: this.#kept };
      const { paths, ...rest } = options;
      const scope = paths && !options.rebuild ? { paths } : {};
      const settleUnsaved = unsaved.followUpdate(scope.paths);
      const outcome = await updateIndex(context, { ...rest, ...scope, signal });
      if (!outcome.cancelled) settleUnsaved();
      if (!outcome.cancelled) await this.#settle();
      return indexReport(store, outcome, (performance.now() - startedAt) / 1000);
    });
  }

  /** Once nothing is left to index: a compact base, a graph in idle time, and no leftovers of other versions. */
  async #settle(): Promise<void> {
    const { live, store, identity, graphs, turns, closing } = this.#parts;
    await live.compact(() => turns.afterSearches(closing));
    if (store.meta().complete) removeLeftovers(store.dir, identity);
    // Refined vectors would make a graph over these useless: it is built when the refining is through.
    if (waitingIn(this.#parts) === 0) graphs.buildInBackground();
  }

  async #refineWhileOvertaken(refining: Refining): Promise<RefineReport> {
    const startedAt = performance.now();
    const { turns, closing } = this.#parts;
    let refined = 0;
    for (let overtaken = turns.overtaken; ; overtaken = turns.overtaken) {
      const outcome = await this.#inTurn(() => this.#refine(refining, overtaken));
      refined += outcome.refined;
      if (waitingIn(this.#parts) === 0) this.#kept?.clear();
      const isStopped = refining.options.signal?.aborted || closing.aborted;
      // An update that came in between may have brought new functions, or cut this short.
      if (overtaken.aborted && !isStopped) continue;
      const seconds = (performance.now() - startedAt) / 1000;
      return { refined, waiting: waitingIn(this.#parts), seconds, cancelled: outcome.cancelled };
    }
  }

  async #refine(refining: Refining, overtaken: AbortSignal): Promise<RefineOutcome> {
    const { signal, gate, onProgress } = refining.options;
    const { store, models, live, graphs, turns, closing, cache } = this.#parts;
    const stop = AbortSignal.any([overtaken, closing, ...(signal ? [signal] : [])]);
    if (stop.aborted) return { refined: 0, cancelled: true };
    const { student, refinement } = models;
    const own = refinement.refiner;
    const kept = this.#kept;
    if (!own || !kept || !cache) return { refined: 0, cancelled: false };
    return this.#asWriter(async (parser) => {
      this.#adoptRefiner();
      const refiner = this.#codeRefiner(own, refining);
      const turn = (): Promise<void> => turns.afterSearches(stop);
      const committed = async (): Promise<void> => {
        await live.snapshot();
        asksRefined(store);
      };
      const { folder } = this.#parts.options;
      const outcome = await refineIndex(
        { folder, store, student, parser, refiner, entriesOf: own.entriesOf, kept, cache, turn, committed },
        { signal: stop, ...(onProgress && { onProgress }), ...(gate && { gate: () => unlessAborted(gate(), stop) }) },
      );
      if (outcome.cancelled) return outcome;
      await live.compact(turn);
      graphs.buildInBackground();
      return outcome;
    });
  }

  #codeRefiner(refiner: Refiner, refining: Refining): CodeRefiner {
    const { models, turns, store } = this.#parts;
    const { installDir, refineThreads: threads = availableParallelism() > 1 ? 2 : 0 } = this.#parts.options;
    if (refining.threads) return refining.threads;
    if (threads === 0 || !models.runtime || store.rows.waiting() < WORTH_THREADS) return refiner;
    const { isSparing } = refining.options;
    refining.threads = createThreadedRefiner(refiner, {
      dir: modelDir(installDir, REFINER_MODEL),
      runtime: models.runtime.name,
      threads,
      stillUntil: turns.stillUntil,
      ...(isSparing && { isSparing }),
    });
    return refining.threads;
  }

  /** Only as the writer. */
  #adoptRefiner(): void {
    const { models, store } = this.#parts;
    const { refiner } = models.refinement;
    if (refiner) store.adoptRefiner(refiner.fingerprint);
  }
}
