/**
 * What editors hold of a folder's files and have not saved: read like files, kept in memory, laid over each snapshot. A file
 * that is saved stays here until the index has it, so that no search in between finds the old text, or none.
 */
import type { Student } from '../embed/student.ts';
import type { SourceParser } from '../parse/parser.ts';
import type { LiveIndex } from '../search/live-index.ts';
import type { Snapshot } from '../search/snapshot.ts';
import type { FunctionTable } from '../store/function-table.ts';
import type { StoredVector } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { finishBatch } from '../update/batch.ts';
import { isWithin } from '../update/plan.ts';
import { prepareFile } from '../update/prepare.ts';
import { explainPlace } from '../walk/explain.ts';
import { relativePath } from '../walk/locate.ts';
import { readSource, textSkip } from '../walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../walk/walk.ts';
import { overlaid, type Searched, type UnsavedFile } from './overlay.ts';

/** A change all over a project may leave hundreds of files unsaved: those that were typed in last are seen. */
const MOST_FILES = 100;

export interface UnsavedContext {
  readonly folder: string;
  readonly excludes: readonly string[];
  readonly store: Store;
  readonly student: Student;
  readonly parser: () => Promise<SourceParser>;
}

interface Held extends UnsavedFile {
  /** Of a file that is on disk again: the hash that the index has of it still, null for none. Absent while an editor holds it. */
  readonly before?: string | null;
}

export class UnsavedFiles {
  readonly #context: UnsavedContext;
  /** By path, what came last at the end. */
  #held: ReadonlyMap<string, Held> = new Map();
  /** By path, the last call of `set` while it is under way: one that took longer is overtaken. */
  readonly #calls = new Map<string, number>();
  /** Never counts anew: a call that is still under way must not be taken for a later one. */
  #lastCall = 0;
  #made: { readonly base: Snapshot; readonly held: ReadonlyMap<string, Held>; readonly searched: Searched } | null =
    null;

  constructor(context: UnsavedContext) {
    this.#context = context;
  }

  /** As in `Engine.setUnsaved`. */
  async set(path: string, text: string | null): Promise<void> {
    const inside = relativePath(this.#context.folder, path);
    if (!inside) return;
    const call = ++this.#lastCall;
    this.#calls.set(inside, call);
    const held = text === null ? await this.#onDisk(inside) : await this.#inEditor(inside, text);
    if (this.#calls.get(inside) !== call) return;
    this.#calls.delete(inside);
    this.#put(inside, held);
  }

  /** The newest commit's snapshot with everything that is held laid over it. */
  async searched(live: LiveIndex): Promise<Searched> {
    this.#forgetCommitted();
    // Taken before the snapshot: what is forgotten while that is made may not be in it yet.
    const held = this.#held;
    const base = await live.snapshot();
    if (held.size === 0) return { snapshot: base, index: this.#context.store };
    if (this.#made?.base !== base || this.#made.held !== held)
      this.#made = { base, held, searched: overlaid(base, this.#context.store, [...held.values()]) };
    return this.#made.searched;
  }

  /**
   * Call it when an update begins, and what it returns when that has ended: what had been saved by then is in the index, or
   * has no place there. `scope`: the files and folders that were looked at; absent: all.
   */
  followUpdate(scope?: readonly string[]): () => void {
    const places = scope && new Set(scope);
    const isDue = ({ path, before }: Held): boolean => before !== undefined && (!places || isWithin(path, places));
    const due = new Set([...this.#held.values()].filter(isDue));
    return () => this.#forget((held) => due.has(held));
  }

  #forgetCommitted(): void {
    this.#forget(({ path, before }) => before !== undefined && this.#context.store.fileHash(path) !== before);
  }

  #forget(isOver: (held: Held) => boolean): void {
    const left = [...this.#held].filter(([, held]) => !isOver(held));
    if (left.length < this.#held.size) this.#held = new Map(left);
  }

  #put(path: string, held: Held | null): void {
    if (!held && !this.#held.has(path)) return;
    const others = [...this.#held].filter(([other]) => other !== path);
    this.#held = new Map(held ? [...others.slice(-MOST_FILES + 1), [path, held]] : others);
  }

  /** Null for a file that would not be looked at. One without anything to index hides what the index has of it. */
  async #inEditor(path: string, text: string): Promise<Held | null> {
    const { folder, excludes } = this.#context;
    if (await explainPlace(folder, path, excludes)) return null;
    return this.#read(path, text);
  }

  /** Null when the index knows the file as it is on disk, and when there is none. */
  async #onDisk(path: string): Promise<Held | null> {
    const { folder, store } = this.#context;
    const held = this.#held.get(path);
    if (!held) return null;
    const source = await readSource(folder, path, DEFAULT_MAX_FILE_BYTES);
    const before = store.fileHash(path);
    if ('skip' in source || source.hash === before) return null;
    return { ...(source.text === held.text ? held : await this.#read(path, source.text)), before };
  }

  async #read(path: string, text: string): Promise<UnsavedFile> {
    const { student, parser } = this.#context;
    const size = Buffer.byteLength(text);
    const file = { path, text, language: '', functions: [] };
    if (size > DEFAULT_MAX_FILE_BYTES || textSkip(text, path)) return file;
    const source = { text, hash: '' };
    const prepared = await prepareFile(
      await parser(),
      student.codeTemplate,
      { path, size, mtimeMs: 0, ctimeMs: 0 },
      source,
    );
    const { batch } = await finishBatch(
      { files: [prepared], touched: [] },
      { rows: this.#vectors(path), cache: null },
      student,
    );
    return { ...file, ...batch.upserts![0]!, text };
  }

  /** A function that was not typed in keeps its vector, be it the index's or that of the text before. */
  #vectors(path: string): Pick<FunctionTable, 'vectorsOf'> {
    const { store } = this.#context;
    const last = new Map<string, StoredVector>();
    for (const { contentHash, vector, refined } of this.#held.get(path)?.functions ?? [])
      last.set(contentHash, { vector, refined });
    return { vectorsOf: () => new Map([...last, ...store.rows.vectorsOf(path)]) };
  }
}
