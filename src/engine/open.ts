/** Opens the engine on one workspace folder: the only way in. Puts the parts together and keeps their order of work. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { KenningError } from '../core/errors.ts';
import { CHUNKER_VERSION } from '../core/functions/version.ts';
import type {
  Engine,
  EngineOptions,
  IndexReport,
  IndexStatus,
  OutlineEntry,
  OutlineRequest,
  RefineOptions,
  RefineReport,
  SearchAnswer,
  SearchRequest,
  SimilarRequest,
  UpdateOptions,
  VerifyReport,
  WhyAnswer,
} from './api.ts';
import type { FoundRefiner } from './embed/open-refiner.ts';
import type { CodeRefiner, Refiner } from './embed/refiner.ts';
import type { Student } from './embed/student.ts';
import { createThreadedRefiner, type ThreadedRefiner } from './embed/threaded-refiner.ts';
import { grammarDir, modelDir, REFINER_MODEL } from './install-dir.ts';
import { disposeModels, type Models, openModels } from './open-models.ts';
import { outlineOf } from './parse/outline.ts';
import { createParser, type SourceParser } from './parse/parser.ts';
import { shareParser } from './parse/shared-parser.ts';
import { createThreadedParser } from './parse/threaded-parser.ts';
import { RefinedCache } from './refined-cache/refined-cache.ts';
import { verifyIndex } from './repair/verify.ts';
import { GraphKeeper } from './search/graph-keeper.ts';
import { LikeWords } from './search/like-words.ts';
import { LiveIndex } from './search/live-index.ts';
import { search } from './search/search.ts';
import { similar } from './search/similar.ts';
import { deleteIndexes } from './store/delete-index.ts';
import { indexFolder, recordIdentity, removeLeftovers } from './store/index-folder.ts';
import type { IndexIdentity } from './store/records.ts';
import { FORMAT_VERSION } from './store/schema.ts';
import { Store } from './store/store.ts';
import { acquireAsWriter } from './store/writing-mark.ts';
import { indexReport, storedStatus } from './store-facts.ts';
import { Turns, unlessAborted } from './turns.ts';
import { UnsavedFiles } from './unsaved/unsaved-files.ts';
import { type RefineOutcome, refineIndex } from './update/refine.ts';
import { updateIndex } from './update/update.ts';
import { loadScanModule } from './vectors/scan.ts';
import { explain } from './walk/explain.ts';
import { relativePath } from './walk/locate.ts';
import { DEFAULT_MAX_FILE_BYTES } from './walk/walk.ts';

/** Files that keep a parsing thread busy while a batch is embedded and committed. */
const AHEAD = 32;

/** So many functions are worth the start of threads that refine them: some seconds of work. */
const WORTH_THREADS = 500;

const DAMAGED = 'The index is damaged: some functions are not found. It is mended when it is opened next.';

/** Throws `KenningError`: `model-unusable`, `model-unavailable`, `index-write-failed`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const [models, scanModule] = await Promise.all([
    openModels(options),
    loadScanModule(join(options.installDir, 'dist', 'scan.wasm')),
  ]);
  const { student } = models;
  const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: student.fingerprint };
  const store = Store.open(indexFolder(options.storageDir, options.folder, identity), options.folder);
  recordIdentity(store.dir, identity);
  const live = new LiveIndex(store, student.dimensions, scanModule);
  const graphs = new GraphKeeper(options, store, live);
  const likeWords = new LikeWords(student, scanModule);
  const cache = cacheFor(options, models);
  return new FolderEngine({ options, identity, store, models, live, graphs, likeWords, cache });
}

function cacheFor({ storageDir }: EngineOptions, { refinement, student }: Models): RefinedCache | null {
  const { fingerprint } = refinement.refiner ?? {};
  return fingerprint ? new RefinedCache({ storageDir, fingerprint, dimensions: student.dimensions }) : null;
}

/** Of one request to refine, kept over the updates that come in between. */
interface Aside {
  threads: ThreadedRefiner | null;
}

interface EngineParts {
  readonly options: EngineOptions;
  readonly identity: IndexIdentity;
  readonly store: Store;
  readonly models: Models;
  readonly live: LiveIndex;
  readonly graphs: GraphKeeper;
  readonly likeWords: LikeWords;
  /** Null without a refiner. */
  readonly cache: RefinedCache | null;
}

class FolderEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #identity: IndexIdentity;
  readonly #store: Store;
  readonly #models: Models;
  readonly #student: Student;
  readonly #refinement: FoundRefiner;
  readonly #likeWords: LikeWords;
  readonly #live: LiveIndex;
  readonly #graphs: GraphKeeper;
  readonly #cache: RefinedCache | null;
  readonly #unsaved: UnsavedFiles;
  #parser: Promise<SourceParser> | null = null;
  readonly #turns = new Turns();
  /** Updates and refinings run one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  /** Unsaved texts that are being read. */
  readonly #readings = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  #closed: Promise<void> | null = null;

  constructor({ options, identity, store, models, live, graphs, likeWords, cache }: EngineParts) {
    this.#options = options;
    this.#identity = identity;
    this.#models = models;
    this.#store = store;
    this.#student = models.student;
    this.#refinement = models.refinement;
    this.#likeWords = likeWords;
    this.#live = live;
    this.#graphs = graphs;
    this.#cache = cache;
    const { folder, excludes = [] } = options;
    const parser = (): Promise<SourceParser> => this.#sourceParser();
    this.#unsaved = new UnsavedFiles({ folder, excludes, store, student: models.student, parser });
  }

  update(options: UpdateOptions = {}): Promise<IndexReport> {
    this.#turns.overtake();
    return this.#inTurn(() => this.#update(options));
  }

  async refine(options: RefineOptions = {}): Promise<RefineReport> {
    const aside: Aside = { threads: null };
    try {
      return await this.#refineWhileAsked(options, aside);
    } finally {
      await aside.threads?.dispose();
    }
  }

  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    return this.#turns.search(this.#search(request, signal));
  }

  similar(request: SimilarRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    return this.#turns.search(this.#similar(request, signal));
  }

  async outline({ path, text }: OutlineRequest): Promise<readonly OutlineEntry[]> {
    return outlineOf(await (await this.#sourceParser()).parse(path, text));
  }

  async setUnsaved(path: string, text: string | null): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const reading = this.#unsaved.set(path, text);
    this.#readings.add(reading);
    try {
      await reading;
    } finally {
      this.#readings.delete(reading);
    }
  }

  status(): IndexStatus {
    return {
      folder: this.#options.folder,
      ...storedStatus(this.#store),
      model: this.#student.fingerprint,
      refined: this.#refinement.refiner ? this.#store.counts().functions - this.#store.waiting() : null,
      vectorIndex: this.#live.hasGraph ? 'graph' : 'exact',
      runtime: this.#models.runtime.name,
      notices: [
        ...(this.#store.damaged ? [DAMAGED] : []),
        ...this.#models.runtime.notices,
        ...this.#refinement.notices,
        ...this.#models.second.notices,
        ...this.#graphs.notices,
      ],
    };
  }

  verify(): Promise<VerifyReport> {
    const [identity, store] = [this.#identity, this.#store];
    return verifyIndex({ folder: this.#options.folder, store, identity, dimensions: this.#student.dimensions });
  }

  async why(file: string): Promise<WhyAnswer> {
    const { folder, excludes = [] } = this.#options;
    const path = relativePath(folder, file) ?? file;
    const skip = await explain(folder, file, { excludes, maxFileBytes: DEFAULT_MAX_FILE_BYTES });
    if (skip) return { path, indexed: false, skip };
    const stored = this.#store.functionsOf(path);
    return { path, indexed: true, language: stored?.language ?? '', functions: stored?.functions ?? 0 };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async deleteIndex(): Promise<void> {
    await this.close();
    deleteIndexes(this.#store.dir);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const { refiner } = this.#refinement;
    const { second, expansions } = this.#models;
    const { folder } = this.#options;
    const own = { store: this.#store, student: this.#student, live: this.#live, unsaved: this.#unsaved };
    const parts = { ...own, likeWords: this.#likeWords, refiner, folder, expansions };
    const again = second.ranker && { ranker: second.ranker, folder };
    const answer = await search({ ...parts, second: again }, request, signal);
    this.#graphs.loadInBackground();
    return answer;
  }

  async #similar(request: SimilarRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const [{ refiner }, parser] = [this.#refinement, await this.#sourceParser()];
    const { folder } = this.#options;
    const own = { store: this.#store, student: this.#student, live: this.#live, unsaved: this.#unsaved };
    const answer = await similar({ ...own, refiner, folder, parser }, request, signal);
    this.#graphs.loadInBackground();
    return answer;
  }

  #update(options: UpdateOptions): Promise<IndexReport> {
    const startedAt = performance.now();
    return this.#asWriter(async (parser) => {
      if (options.rebuild) this.#store.clear();
      this.#adoptRefiner();
      const signal = options.signal ? AbortSignal.any([options.signal, this.#closing.signal]) : this.#closing.signal;
      const { folder, excludes = [] } = this.#options;
      const threadedParser = (): SourceParser => this.#threadedParser(parser);
      const [store, student, cache] = [this.#store, this.#student, this.#cache];
      const context = { folder, excludes, store, parser, threadedParser, student, cache };
      const { paths, ...rest } = options;
      const scope = paths && !options.rebuild ? { paths } : {};
      const settleUnsaved = this.#unsaved.followUpdate(scope.paths);
      const outcome = await updateIndex(context, { ...rest, ...scope, signal });
      if (!outcome.cancelled) settleUnsaved();
      if (!outcome.cancelled) await this.#settle();
      return indexReport(this.#store, outcome, (performance.now() - startedAt) / 1000);
    });
  }

  async #refineWhileAsked(options: RefineOptions, aside: Aside): Promise<RefineReport> {
    const startedAt = performance.now();
    let refined = 0;
    for (let overtaken = this.#turns.overtaken; ; overtaken = this.#turns.overtaken) {
      const outcome = await this.#inTurn(() => this.#refine(options, overtaken, aside));
      refined += outcome.refined;
      const isStopped = options.signal?.aborted || this.#closing.signal.aborted;
      // An update that came in between may have brought new functions, or cut this short.
      if (overtaken.aborted && !isStopped) continue;
      const seconds = (performance.now() - startedAt) / 1000;
      return { refined, waiting: this.#waiting(), seconds, cancelled: outcome.cancelled };
    }
  }

  async #refine(options: RefineOptions, overtaken: AbortSignal, aside: Aside): Promise<RefineOutcome> {
    const { signal, gate, onProgress } = options;
    const { refiner } = this.#refinement;
    const stop = AbortSignal.any([overtaken, this.#closing.signal, ...(signal ? [signal] : [])]);
    if (stop.aborted) return { refined: 0, cancelled: true };
    const cache = this.#cache;
    if (!refiner || !cache) return { refined: 0, cancelled: false };
    return this.#asWriter(async (parser) => {
      this.#adoptRefiner();
      const turn = (): Promise<void> => this.#turns.afterSearches();
      const context = {
        folder: this.#options.folder,
        store: this.#store,
        student: this.#student,
        parser,
        refiner: this.#codeRefiner(refiner, options, aside),
        cache,
        turn,
        committed: () => this.#live.snapshot(),
      };
      const outcome = await refineIndex(context, {
        signal: stop,
        ...(onProgress && { onProgress }),
        ...(gate && { gate: () => unlessAborted(gate(), stop) }),
      });
      if (outcome.cancelled) return outcome;
      await this.#live.compact();
      this.#graphs.buildInBackground();
      return outcome;
    });
  }

  async #asWriter<T>(work: (parser: SourceParser) => Promise<T>): Promise<T> {
    if (this.#store.damaged) throw new KenningError('index-unreadable', DAMAGED);
    const lock = acquireAsWriter(this.#store.dir, () => this.#store.checkInterrupted());
    try {
      return await work(await this.#sourceParser());
    } finally {
      lock.release();
    }
  }

  #sourceParser(): Promise<SourceParser> {
    const { installDir, parseThread = true } = this.#options;
    const dir = grammarDir(installDir);
    this.#parser ??= parseThread ? Promise.resolve(shareParser(dir)) : createParser(dir);
    return this.#parser;
  }

  /** For many files: one of their own, so that nobody's single file waits behind them. */
  #threadedParser(parser: SourceParser): SourceParser {
    const { installDir, parseThread = availableParallelism() > 1 } = this.#options;
    return parseThread ? createThreadedParser({ grammarDir: grammarDir(installDir), ahead: AHEAD }) : parser;
  }

  #codeRefiner(refiner: Refiner, { isSparing }: RefineOptions, aside: Aside): CodeRefiner {
    const { installDir, refineThreads: threads = availableParallelism() > 1 ? 2 : 0 } = this.#options;
    if (aside.threads || threads === 0 || this.#store.waiting() < WORTH_THREADS) return aside.threads ?? refiner;
    const [runtime, searches] = [this.#models.runtime.name, this.#turns.searchCount];
    const dir = modelDir(installDir, REFINER_MODEL);
    aside.threads = createThreadedRefiner(refiner, {
      dir,
      runtime,
      threads,
      searches,
      ...(isSparing && { isSparing }),
    });
    return aside.threads;
  }

  #adoptRefiner(): void {
    const { refiner } = this.#refinement;
    if (refiner) this.#store.adoptRefiner(refiner.fingerprint);
  }

  /** Functions that the refiner has still to read. */
  #waiting(): number {
    return this.#refinement.refiner ? this.#store.waiting() : 0;
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
    await Promise.allSettled(this.#readings);
    await this.#graphs.close();
    (await this.#parser)?.dispose();
    await disposeModels(this.#models);
    this.#cache?.close();
    this.#store.close();
  }

  /** Once nothing is left to index: a compact base, a graph in idle time, and no leftovers of other versions. */
  async #settle(): Promise<void> {
    await this.#live.compact();
    if (this.#store.meta().complete) removeLeftovers(this.#store.dir, this.#identity);
    // Refined vectors would make a graph over these useless: it is built when the refining is through.
    if (this.#waiting() === 0) this.#graphs.buildInBackground();
  }
}
