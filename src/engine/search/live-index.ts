/**
 * Keeps a snapshot in step with the store: a base segment from its file, and small segments of what was committed since.
 * Small ones merge as they grow, so that each row is read again only a few times; a new base is written when enough has changed.
 */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from '../../core/sorted-search.ts';
import { inTurns } from '../steps.ts';
import type { FileRow } from '../store/file-table.ts';
import { baseSegmentOf, mergeSegments, type Segment, segmentOf } from '../store/segment.ts';
import { loadSegment, saveSegment, type VectorSource } from '../store/segment-file.ts';
import type { Store } from '../store/store.ts';
import type { Graph } from '../vectors/graph.ts';
import { emptyScan, type Scan } from '../vectors/scan.ts';
import { Snapshot } from './snapshot.ts';
import { markGone, partOf, partWith, type SnapshotPart } from './snapshot-part.ts';

/** A segment joins its neighbour unless that one is this many times as large. */
const MERGE_RATIO = 3;
/** A base is written anew when more than this share of the rows is newer than it, or gone. */
const COMPACT_SHARE = 0.1;

export class LiveIndex {
  readonly #store: Store;
  readonly #dimensions: number;
  readonly #scanModule: WebAssembly.Module | null;
  #parts: SnapshotPart[] = [];
  #files: ReadonlyMap<number, FileRow> = new Map();
  #snapshot: Snapshot | null = null;
  /** The file that the first part came from; empty when it came from the database. */
  #base: string | null = null;
  #graph: Graph | null = null;
  /** The place of the last function that the parts know to be gone. */
  #lastGone = 0;
  /** The base that is being read: who else wants it waits for the same. */
  #reading: { readonly base: string; readonly read: Promise<void> } | null = null;

  constructor(store: Store, dimensions: number, scanModule: WebAssembly.Module | null) {
    this.#store = store;
    this.#dimensions = dimensions;
    this.#scanModule = scanModule;
  }

  /** The newest commit's snapshot; cheap when nothing was committed since the last call. */
  async snapshot(): Promise<Snapshot> {
    const { generation } = this.#store.meta();
    const base = this.#store.baseFile();
    if (this.#snapshot?.generation === generation && this.#base === base) return this.#snapshot;
    if (this.#base !== base) await this.#loadBase(base);
    const fresh = this.#addNew();
    this.#markGone();
    this.#learnFiles(fresh);
    this.#snapshot = new Snapshot(generation, this.#parts, this.#files);
    return this.#snapshot;
  }

  /** The base's rows, for a graph over them; null before the first. */
  async baseScan(): Promise<Scan | null> {
    await this.snapshot();
    return (this.#base && this.#parts[0]?.scan) || null;
  }

  /** `graph`: over the base's rows, or null to scan. */
  useGraph(graph: Graph | null): void {
    this.#graph = graph;
    const [first, ...rest] = this.#parts;
    if (first) this.#parts = [{ ...first, graph }, ...rest];
    if (this.#snapshot) this.#snapshot = new Snapshot(this.#snapshot.generation, this.#parts, this.#files);
  }

  get hasGraph(): boolean {
    return this.#graph !== null;
  }

  /**
   * Writes a new base if enough has changed; true when it did. Only the writer may call it. `turn` is awaited before each few
   * milliseconds of it: searches come first, and see what they saw until it is done.
   */
  async compact(turn: () => Promise<void>): Promise<boolean> {
    const base = this.#store.baseFile();
    if (this.#base !== base) await this.#loadBase(base);
    const based = this.#base ? this.#parts[0]?.segment.ids : undefined;
    const rows = this.#store.counts().functions;
    const gone = this.#store.rows.goneAfter(0);
    const lastBased = based?.at(-1) ?? 0;
    const newer = rows - ((based?.length ?? 0) - gone.filter(({ id }) => id <= lastBased).length);
    const changed = newer + gone.length;
    if (changed === 0 || changed <= COMPACT_SHARE * rows) {
      this.#removeOldBases(base);
      return false;
    }
    // Where they are to be compared: a copy would be memory for as many vectors again.
    const scan = emptyScan(this.#scanModule, rows, this.#dimensions);
    const segment = await inTurns(baseSegmentOf(this.#store.rows.after(0), this.#dimensions, scan.vectors), turn);
    const name = await saveSegment(this.#store.dir, `base-${this.#store.meta().generation}`, segment);
    this.#store.setBaseFile(name);
    this.#removeOldBases(name);
    // Fewer rows than were counted: some are damaged.
    this.#takeBase(name, segment.rows === rows ? partWith(segment, scan) : partOf(segment, this.#scanModule));
    return true;
  }

  async #loadBase(base: string): Promise<void> {
    const reading = this.#reading?.base === base ? this.#reading : { base, read: this.#readBase(base) };
    this.#reading = reading;
    try {
      await reading.read;
    } finally {
      if (this.#reading === reading) this.#reading = null;
    }
  }

  async #readBase(base: string): Promise<void> {
    let scan: Scan | null = null;
    const source: VectorSource = {
      read: (...asked) => this.#store.rows.readVectors(...asked),
      // Where they are to be compared: a copy would only be thrown away.
      allocate: (rows) => {
        scan = emptyScan(this.#scanModule, rows, this.#dimensions);
        return scan.vectors;
      },
    };
    const segment = base ? await loadSegment(join(this.#store.dir, base), this.#dimensions, source) : null;
    this.#takeBase(base, segment && scan && partWith(segment, scan));
  }

  #takeBase(base: string, part: SnapshotPart | null): void {
    this.#base = base;
    this.#snapshot = null;
    this.#graph = null;
    this.#lastGone = 0;
    this.#files = new Map();
    this.#parts = part ? [part] : [];
  }

  /** Reads rows above the highest known id, and merges them with the small segments that they outgrow. Returns the new rows. */
  #addNew(): Segment {
    const fresh = segmentOf(this.#store.rows.after(this.#lastId()), this.#dimensions);
    if (fresh.rows === 0) return fresh;
    let from = this.#parts.length;
    let rows = fresh.rows;
    while (from > (this.#base ? 1 : 0) && this.#parts[from - 1]!.segment.rows < MERGE_RATIO * rows) {
      from--;
      rows += this.#parts[from]!.segment.rows;
    }
    const outgrown = this.#parts.slice(from);
    const newest = { segment: fresh, gone: new Uint8Array(fresh.rows) };
    const segment = outgrown.length > 0 ? mergeSegments([...outgrown, newest], this.#dimensions) : fresh;
    this.#parts = [...this.#parts.slice(0, from), partOf(segment, this.#scanModule)];
    return fresh;
  }

  /**
   * Of files that have new rows: others' are as they were, or gone. All of them with a new base, which names files that
   * this one has not seen.
   */
  #learnFiles({ fileIds }: Segment): void {
    const known = this.#files;
    const rows = known.size > 0 ? this.#store.files.rows(new Set(fileIds)) : this.#store.files.rows();
    const isKnown = (row: FileRow): boolean => {
      const before = known.get(row.id);
      return before?.path === row.path && before.language === row.language;
    };
    if (rows.every(isKnown)) return;
    const files = new Map(known);
    for (const row of rows) files.set(row.id, row);
    this.#files = files;
  }

  #lastId(): number {
    return this.#parts.at(-1)?.segment.ids.at(-1) ?? 0;
  }

  #markGone(): void {
    for (const { id, place } of this.#store.rows.goneAfter(this.#lastGone)) {
      this.#lastGone = place;
      const part = this.#parts.find(({ segment }) => id <= (segment.ids.at(-1) ?? 0));
      const row = part ? placeOf(part.segment.ids, id) : -1;
      if (part && row >= 0) markGone(part, row);
    }
  }

  /** What a writer that was ended amid its work has left goes with them. One that cannot go is tried again each time. */
  #removeOldBases(current: string): void {
    try {
      for (const name of readdirSync(this.#store.dir)) {
        if (name.startsWith('base-') && !name.startsWith(current)) rmSync(join(this.#store.dir, name), { force: true });
      }
    } catch {
      return;
    }
  }
}
