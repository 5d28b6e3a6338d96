/** Opens the engine on one workspace folder: the only way in. Puts the parts together and keeps their order of work. */
import { join } from 'node:path';
import { CHUNKER_VERSION } from '../core/functions/version.ts';
import type {
  Engine,
  EngineOptions,
  IndexReport,
  IndexStatus,
  SearchAnswer,
  SearchRequest,
  UpdateOptions,
  WhyAnswer,
} from './api.ts';
import { readModel } from './embed/model-card.ts';
import { loadStudent, type Student } from './embed/student.ts';
import { grammarDir, modelDir, RANKER_MODEL } from './install-dir.ts';
import { loadNamedStudent } from './named/named-student.ts';
import { createParser, type SourceParser } from './parse/parser.ts';
import { type OpenedRanker, openRanker } from './rerank/reranker.ts';
import { GraphKeeper } from './search/graph-keeper.ts';
import { LiveIndex } from './search/live-index.ts';
import { search } from './search/search.ts';
import { indexFolder, recordIdentity, removeLeftovers } from './store/index-folder.ts';
import type { IndexIdentity } from './store/records.ts';
import { FORMAT_VERSION } from './store/schema.ts';
import { Store } from './store/store.ts';
import { acquireWriterLock } from './store/writer-lock.ts';
import { updateIndex } from './update/update.ts';
import { loadScanModule } from './vectors/scan.ts';
import { explain } from './walk/explain.ts';
import { relativePath } from './walk/locate.ts';
import { DEFAULT_MAX_FILE_BYTES } from './walk/walk.ts';

/** Throws `KenningError`: `model-unusable`, `model-unavailable`, `index-write-failed`. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const [student, second, scanModule] = await Promise.all([
    openStudent(options),
    options.quality === 'best' ? openRanker(modelDir(options.installDir, RANKER_MODEL)) : NO_RANKER,
    loadScanModule(join(options.installDir, 'dist', 'scan.wasm')),
  ]);
  const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: student.fingerprint };
  const store = Store.open(indexFolder(options.storageDir, options.folder, identity), options.folder);
  recordIdentity(store.dir, identity);
  const live = new LiveIndex(store, student.dimensions, scanModule);
  const graphs = new GraphKeeper(options, store, live, student.dimensions);
  return new FolderEngine({ options, identity, store, student, second, live, graphs });
}

const NO_RANKER: OpenedRanker = { ranker: null, notices: [] };

/** The model that the user named, else the student that ships. */
async function openStudent({ model, folder, storageDir, installDir }: EngineOptions): Promise<Student> {
  if (model) return loadNamedStudent({ name: model, folder, storageDir });
  return loadStudent(await readModel(modelDir(installDir)));
}

interface EngineParts {
  readonly options: EngineOptions;
  readonly identity: IndexIdentity;
  readonly store: Store;
  readonly student: Student;
  readonly second: OpenedRanker;
  readonly live: LiveIndex;
  readonly graphs: GraphKeeper;
}

class FolderEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #store: Store;
  readonly #identity: IndexIdentity;
  readonly #student: Student;
  readonly #second: OpenedRanker;
  readonly #live: LiveIndex;
  readonly #graphs: GraphKeeper;
  #parser: Promise<SourceParser> | null = null;
  /** Updates run one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  readonly #closing = new AbortController();
  #closed: Promise<void> | null = null;

  constructor({ options, identity, store, student, second, live, graphs }: EngineParts) {
    this.#options = options;
    this.#identity = identity;
    this.#store = store;
    this.#student = student;
    this.#second = second;
    this.#live = live;
    this.#graphs = graphs;
  }

  update(options: UpdateOptions = {}): Promise<IndexReport> {
    const run = this.#last.then(() => this.#update(options));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    await this.#graphs.load();
    const { ranker } = this.#second;
    const second = ranker && { ranker, folder: this.#options.folder };
    return search({ store: this.#store, student: this.#student, live: this.#live, second }, request, signal);
  }

  status(): IndexStatus {
    const meta = this.#store.meta();
    return {
      folder: this.#options.folder,
      ...this.#store.counts(),
      complete: meta.complete,
      generation: meta.generation,
      bytes: this.#store.bytes(),
      model: this.#student.fingerprint,
      vectorIndex: this.#live.hasGraph ? 'graph' : 'exact',
      updatedAt: meta.updatedAt,
      skipped: this.#skipped(),
      notices: [...this.#graphs.notices, ...this.#second.notices],
    };
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

  async #update(options: UpdateOptions): Promise<IndexReport> {
    const startedAt = performance.now();
    const lock = acquireWriterLock(this.#store.dir);
    try {
      if (options.rebuild) this.#store.clear();
      const signal = options.signal ? AbortSignal.any([options.signal, this.#closing.signal]) : this.#closing.signal;
      this.#parser ??= createParser(grammarDir(this.#options.installDir));
      const { folder, excludes = [] } = this.#options;
      const context = { folder, excludes, store: this.#store, parser: await this.#parser, student: this.#student };
      const { paths, ...rest } = options;
      const scope = paths && !options.rebuild ? { paths } : {};
      const outcome = await updateIndex(context, { ...rest, ...scope, signal });
      if (!outcome.cancelled) await this.#settle();
      return this.#report(outcome, (performance.now() - startedAt) / 1000);
    } finally {
      lock.release();
    }
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
    await this.#graphs.close();
    (await this.#parser)?.dispose();
    await this.#student.dispose();
    await this.#second.ranker?.dispose();
    this.#store.close();
  }

  /** Once nothing is left to index: a compact base, a graph in idle time, and no leftovers of other versions. */
  async #settle(): Promise<void> {
    await this.#live.compact();
    if (this.#store.meta().complete) removeLeftovers(this.#store.dir, this.#identity);
    this.#graphs.buildInBackground();
  }

  #report(outcome: { filesParsed: number; embedded: number; cancelled: boolean }, seconds: number): IndexReport {
    return {
      ...this.#store.counts(),
      ...outcome,
      seconds,
      functionsPerSecond: seconds > 0 ? outcome.embedded / seconds : 0,
      bytes: this.#store.bytes(),
      skipped: this.#skipped(),
    };
  }

  #skipped(): IndexStatus['skipped'] {
    const total: Partial<Record<string, number>> = { ...this.#store.meta().skipped };
    for (const [code, count] of Object.entries(this.#store.skippedFiles())) total[code] = (total[code] ?? 0) + count;
    return total;
  }
}
