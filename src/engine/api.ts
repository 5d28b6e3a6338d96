/**
 * The engine's face: one interface over the plain read-only data of `api/`. Heads and the service import these and `open.ts`,
 * nothing else of the engine.
 */
import type { VerifyReport } from './api/repair.ts';
import type { OutlineEntry, OutlineRequest, SearchAnswer, SearchRequest, SimilarRequest } from './api/search.ts';
import type { IndexStatus, WhyAnswer } from './api/status.ts';
import type { IndexReport, RefineOptions, RefineReport, UpdateOptions } from './api/work.ts';

export interface Engine {
  /** Brings the index up to date; one at a time, a second call waits. Rejects only with `KenningError`. */
  update(options?: UpdateOptions): Promise<IndexReport>;
  /**
   * Refines the vectors that wait for it; does nothing where no refiner is in use. It gives way to an update that is asked
   * for meanwhile and goes on after it. Rejects only with `KenningError`.
   */
  refine(options?: RefineOptions): Promise<RefineReport>;
  /** Rejects with `cancelled` when `signal` ends it before the answer is ready. */
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /**
   * Code like `request.code`, most alike first; the answer's `query` is empty. A hit's score is what it has in common, 0..1, and
   * can be compared over folders. Rejects with `usage` for lines that are none, with `cancelled` when `signal` ends it.
   */
  similar(request: SimilarRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /** The functions and types of a text in order of appearance, nested ones after what holds them; none in an unknown language. */
  outline(request: OutlineRequest): Promise<readonly OutlineEntry[]>;
  /**
   * From now on searches see `text` as the file's content, whatever is on disk or in the index; null: as on disk again.
   * `path`: relative with `/`. Nothing of it is written anywhere. Resolves when it is in force; a file that would not be
   * indexed is passed over.
   */
  setUnsaved(path: string, text: string | null): Promise<void>;
  status(): IndexStatus;
  /**
   * Reads the whole index and says what is wrong with it; compares it with nothing outside its folder. Damage is remembered:
   * the next opening forgets the damaged files' functions, or sets the whole index aside, and an update makes them anew.
   * Derived files that are wrong go at once.
   */
  verify(): Promise<VerifyReport>;
  why(file: string): Promise<WhyAnswer>;
  /** Those that hold an indexed file themselves, relative, with `/` at the end; the folder's top is the empty text. */
  indexedFolders(): Promise<readonly string[]>;
  /** Ends a running update or refining between two batches. A second call waits for the first. */
  close(): Promise<void>;
  /**
   * Closes the engine and removes all that is kept of the folder on disk, whichever model made it. Rejects with
   * `index-locked` where another process has it open, with `index-write-failed` where the system refuses; the engine is
   * closed all the same.
   */
  deleteIndex(): Promise<void>;
}
