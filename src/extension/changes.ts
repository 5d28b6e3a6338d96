/**
 * Gathers a folder's file events into few updates: waits for a lull, never too long, and asks for a whole scan when
 * there are too many to name. It does not know which files are indexed; the engine decides that. Pure but for timers.
 */
import { FLOOD, type UpdateRequest, WHOLE_FOLDER } from '../service/update-request.ts';

const LULL_MS = 300;
const LONGEST_WAIT_MS = 2000;

/** Files whose rules decide about others. */
const RULES =
  /(^|\/)(\.gitignore|\.ignore|\.kenningignore|\.gitattributes)$|^\.git\/(HEAD|info\/exclude|info\/attributes)$/;
/** Paths, or globs, of folders that hold nothing to index. */
export const NEVER_INDEXED = /(^|\/)(\.git|\.hg|\.svn|node_modules)(\/|$)/;

/** `path`: relative to the folder with `/`. */
export function meaningOf(path: string): 'none' | 'file' | 'scan' {
  if (RULES.test(path)) return 'scan';
  return path === '' || NEVER_INDEXED.test(path) ? 'none' : 'file';
}

/** How long after a save the editor's watcher may still tell of it. */
const ECHO_MS = 5000;

/** What tells one state of a file on disk from another; null when there is none. */
export type StampOf = (path: string) => Promise<number | null>;

interface Saved {
  readonly atMs: number;
  readonly stamp: number | null;
}

export class ChangeQueue {
  readonly #flush: (request: UpdateRequest) => void;
  readonly #stampOf: StampOf;
  readonly #paths = new Set<string>();
  readonly #saved = new Map<string, Saved>();
  #scan = false;
  #firstAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(flush: (request: UpdateRequest) => void, stampOf: StampOf) {
    this.#flush = flush;
    this.#stampOf = stampOf;
  }

  /** An event of the watcher. One that only tells of a save that is dealt with already is passed over. */
  push(path: string): void {
    const saved = this.#saved.get(path);
    if (!saved || Date.now() - saved.atMs > ECHO_MS) this.#add(path, LULL_MS);
    else void this.#pushUnlessEcho(path, saved);
  }

  /** A file was saved in this window: it does not wait, unless there are very many. */
  async save(path: string): Promise<void> {
    if (meaningOf(path) === 'none') return;
    // Before the file is read: what comes to it later has another one.
    const stamp = await this.#stampOf(path);
    this.#forgetSaved();
    this.#saved.set(path, { atMs: Date.now(), stamp });
    this.#add(path, 0);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  async #pushUnlessEcho(path: string, { stamp }: Saved): Promise<void> {
    if ((await this.#stampOf(path)) !== stamp || stamp === null) this.#add(path, LULL_MS);
  }

  #add(path: string, lullMs: number): void {
    const meaning = meaningOf(path);
    if (meaning === 'none' || this.#isDisposed) return;
    if (this.#paths.size === 0 && !this.#scan) this.#firstAtMs = Date.now();
    if (meaning === 'scan' || this.#paths.size >= FLOOD) this.#scan = true;
    else this.#paths.add(path);
    const leftMs = this.#firstAtMs + LONGEST_WAIT_MS - Date.now();
    clearTimeout(this.#timer);
    const waitMs = this.#paths.size >= FLOOD ? LULL_MS : lullMs;
    this.#timer = setTimeout(() => this.#send(), Math.max(0, Math.min(waitMs, leftMs)));
  }

  #forgetSaved(): void {
    for (const [path, { atMs }] of this.#saved) if (Date.now() - atMs > ECHO_MS) this.#saved.delete(path);
  }

  #send(): void {
    const request = this.#scan ? WHOLE_FOLDER : { paths: [...this.#paths], rebuild: false };
    this.#paths.clear();
    this.#scan = false;
    this.#flush(request);
  }
}
