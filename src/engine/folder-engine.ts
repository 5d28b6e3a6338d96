/** The engine of one folder: answers from the index as it is, hands changes of it to `IndexWork`, and closes all in order. */

import { KenningError } from '../core/errors.ts';
import type { VerifyReport } from './api/repair.ts';
import type { OutlineEntry, OutlineRequest, SearchAnswer, SearchRequest, SimilarRequest } from './api/search.ts';
import type { IndexStatus, WhyAnswer } from './api/status.ts';
import type { IndexReport, RefineOptions, RefineReport, UpdateOptions } from './api/work.ts';
import type { Engine } from './api.ts';
import { FolderParsers } from './folder-parsers.ts';
import { type FolderParts, waitingIn } from './folder-parts.ts';
import { IndexWork } from './index-work.ts';
import { disposeModels } from './open-models.ts';
import { outlineOf } from './parse/outline.ts';
import { verifyIndex } from './repair/verify.ts';
import { search } from './search/search.ts';
import { similar } from './search/similar.ts';
import { deleteIndexes } from './store/delete-index.ts';
import { DAMAGED, storedStatus } from './store-facts.ts';
import { Turns } from './turns.ts';
import { UnsavedFiles } from './unsaved/unsaved-files.ts';
import { why } from './why.ts';

export class FolderEngine implements Engine {
  readonly #parts: FolderParts;
  readonly #parsers: FolderParsers;
  readonly #unsaved: UnsavedFiles;
  readonly #work: IndexWork;
  readonly #turns = new Turns();
  /** Of the index, and what writes nothing: questions, unsaved texts that are read, checks. Closing waits for them. */
  readonly #readings = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();
  #closed: Promise<void> | null = null;

  constructor(parts: FolderParts) {
    const { options, store, models } = parts;
    const { folder, excludes = [] } = options;
    const parsers = new FolderParsers(options);
    const parser = (): ReturnType<FolderParsers['shared']> => parsers.shared();
    const unsaved = new UnsavedFiles({ folder, excludes, store, student: models.student, parser });
    this.#work = new IndexWork({ ...parts, parsers, unsaved, turns: this.#turns, closing: this.#closing.signal });
    this.#parts = parts;
    this.#parsers = parsers;
    this.#unsaved = unsaved;
  }

  update(options: UpdateOptions = {}): Promise<IndexReport> {
    return this.#work.update(options);
  }

  refine(options: RefineOptions = {}): Promise<RefineReport> {
    return this.#work.refine(options);
  }

  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    return this.#turns.search(this.#read(() => this.#search(request, signal)));
  }

  similar(request: SimilarRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    return this.#turns.search(this.#read(() => this.#similar(request, signal)));
  }

  async outline({ path, text }: OutlineRequest): Promise<readonly OutlineEntry[]> {
    const parser = await this.#parsers.shared();
    return outlineOf(await parser.parse(path, text));
  }

  async setUnsaved(path: string, text: string | null): Promise<void> {
    if (this.#closing.signal.aborted) return;
    await this.#read(() => this.#unsaved.set(path, text));
  }

  status(): IndexStatus {
    const { options, store, models, live, graphs } = this.#parts;
    const { student, runtime, refinement, second } = models;
    return {
      folder: options.folder,
      ...storedStatus(store),
      model: student.fingerprint,
      refined: refinement.refiner ? store.counts().functions - waitingIn(this.#parts) : null,
      vectorIndex: live.hasGraph ? 'graph' : 'exact',
      runtime: runtime?.name ?? null,
      notices: [
        ...(store.damaged ? [DAMAGED] : []),
        ...(runtime?.notices ?? []),
        ...refinement.notices,
        ...second.notices,
        ...graphs.notices,
      ],
    };
  }

  verify(): Promise<VerifyReport> {
    const { options, identity, store, models } = this.#parts;
    const { dimensions } = models.student;
    const { signal } = this.#closing;
    return this.#read(() => verifyIndex({ folder: options.folder, store, identity, dimensions, signal }));
  }

  why(file: string): Promise<WhyAnswer> {
    const { options, store } = this.#parts;
    return this.#read(() => why({ ...options, store, parser: () => this.#parsers.shared() }, file));
  }

  indexedFolders(): Promise<readonly string[]> {
    return this.#read(async () => this.#parts.store.files.folders());
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async deleteIndex(): Promise<void> {
    await this.close();
    deleteIndexes(this.#parts.store.dir);
  }

  /** Rejects with `cancelled` once the engine is to close. */
  async #read<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing.signal.aborted) throw new KenningError('cancelled', 'The engine was closed.');
    const reading = work();
    this.#readings.add(reading);
    try {
      return await reading;
    } finally {
      this.#readings.delete(reading);
    }
  }

  async #search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const { options, store, models, live, likeWords, graphs } = this.#parts;
    const { folder } = options;
    const { student, refinement, expansions, second } = models;
    const own = { store, student, live, unsaved: this.#unsaved, likeWords, refiner: refinement.refiner };
    const again = second.ranker && { ranker: second.ranker, folder };
    const answer = await search({ ...own, folder, expansions, second: again }, request, signal);
    graphs.loadInBackground();
    return answer;
  }

  async #similar(request: SimilarRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    const { options, store, models, live, graphs } = this.#parts;
    const parser = await this.#parsers.shared();
    const { student, refinement } = models;
    const own = { store, student, live, unsaved: this.#unsaved, refiner: refinement.refiner };
    const answer = await similar({ ...own, folder: options.folder, parser }, request, signal);
    graphs.loadInBackground();
    return answer;
  }

  async #close(): Promise<void> {
    const { graphs, models, cache, store } = this.#parts;
    this.#closing.abort();
    await this.#work.ended;
    await Promise.allSettled(this.#readings);
    await graphs.close();
    await this.#parsers.dispose();
    await disposeModels(models);
    cache?.close();
    store.close();
  }
}
