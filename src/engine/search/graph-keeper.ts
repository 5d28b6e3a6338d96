/**
 * Decides when a graph answers instead of the scan, and sees to it: loaded when there is one for the base, built in the
 * background when indexing has settled, saved beside the base that it belongs to.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineOptions } from '../api/options.ts';
import type { Store } from '../store/store.ts';
import { buildGraph, type GraphLibrary, loadGraphLibrary } from '../vectors/build-graph.ts';
import { createGraph } from '../vectors/graph.ts';
import { loadGraph, removeGraph, saveGraph } from '../vectors/graph-file.ts';
import { partialOf, removeAbandoned } from '../vectors/graph-partial.ts';
import type { LiveIndex } from './live-index.ts';

/** At 20,000 rows both take half a millisecond; at 65,000 the scan takes twice as long as the graph (`docs/decisions`). */
const GRAPH_ROWS = 50_000;
const NO_LIBRARY =
  'The native HNSW graph is not built here, so every vector is compared: same results, a little later in large folders.';

export class GraphKeeper {
  readonly #options: EngineOptions;
  readonly #store: Store;
  readonly #live: LiveIndex;
  readonly #closing = new AbortController();
  /** Null: there is none here; absent before it is needed. */
  #loaded: GraphLibrary | null | undefined;
  /** The base whose graph was looked for. */
  #triedBase: string | null = null;
  #building: Promise<void> | null = null;
  #loading: Promise<void> | null = null;

  constructor(options: EngineOptions, store: Store, live: LiveIndex) {
    this.#options = options;
    this.#store = store;
    this.#live = live;
  }

  get notices(): readonly string[] {
    const missed =
      this.#options.vectorIndex !== 'exact' &&
      !this.#live.hasGraph &&
      this.#isWorthIt(this.#store.counts().functions) &&
      this.#library === null;
    return missed ? [NO_LIBRARY] : [];
  }

  /**
   * Takes up a saved graph, once for each base; one that cannot be used is built anew. Not waited for by the answer that
   * comes first: the scan has it sooner than a graph is read and checked.
   */
  loadInBackground(): void {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = null;
    });
    // What is wrong with the index itself, the next search says.
    this.#loading.catch(() => undefined);
  }

  async #load(): Promise<void> {
    const base = this.#store.baseFile();
    if (this.#options.vectorIndex === 'exact' || !base || base === this.#triedBase) return;
    const path = this.#pathFor(base);
    if (!existsSync(path)) return;
    this.#triedBase = base;
    const scan = await this.#live.baseScan();
    if (!scan || !this.#isWorthIt(scan.rows)) return;
    const links = await loadGraph(path, scan.vectors);
    // Meanwhile another base may have been read, whose rows are others.
    if (this.#closing.signal.aborted || this.#store.baseFile() !== base) return;
    this.#live.useGraph(links && createGraph(links, scan));
    if (links) return;
    await removeGraph(path);
    this.buildInBackground();
  }

  /** Starts building if the base deserves a graph and has none; ends by itself, or at `close`. */
  buildInBackground(): void {
    this.#building ??= this.#build().finally(() => {
      this.#building = null;
    });
    // A graph that cannot be built or saved is no loss: the scan answers.
    this.#building.catch(() => undefined);
  }

  /** Only building takes it, and most starts build none. */
  get #library(): GraphLibrary | null {
    if (this.#loaded === undefined)
      this.#loaded = this.#options.vectorIndex === 'exact' ? null : loadGraphLibrary(this.#options.installDir);
    return this.#loaded;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#loading?.catch(() => undefined);
    await this.#building?.catch(() => undefined);
  }

  async #build(): Promise<void> {
    const base = this.#store.baseFile();
    const isDue = base && !existsSync(this.#pathFor(base)) && this.#isWorthIt(this.#store.counts().functions);
    if (!isDue || !this.#library) return;
    const scan = await this.#live.baseScan();
    if (!scan || !this.#isWorthIt(scan.rows)) return;
    const path = this.#pathFor(base);
    removeAbandoned(path);
    const links = await buildGraph(this.#library, scan, partialOf(path), this.#closing.signal);
    if (!links || this.#store.baseFile() !== base) return;
    await saveGraph(links, path, scan.vectors);
    // A base that was made meanwhile has other rows.
    if (this.#store.baseFile() !== base) return;
    this.#triedBase = base;
    this.#live.useGraph(createGraph(links, scan));
  }

  #isWorthIt(rows: number): boolean {
    return rows > 0 && (this.#options.vectorIndex === 'graph' || rows >= GRAPH_ROWS);
  }

  #pathFor(base: string): string {
    return join(this.#store.dir, `${base}.graph`);
  }
}
