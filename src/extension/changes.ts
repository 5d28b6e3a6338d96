/**
 * Gathers a folder's file events into few updates: waits for a lull, never too long, and asks for a whole scan when
 * there are too many to name. It does not know which files are indexed; the engine decides that. Pure but for timers.
 */
import { type UpdateRequest, WHOLE_FOLDER } from '../service/update-request.ts';

const LULL_MS = 300;
const LONGEST_WAIT_MS = 2000;
/** More events than this are a branch switch or an install: one scan is cheaper than that many paths. */
const FLOOD = 500;

/** Files whose rules decide about others. */
const RULES = /(^|\/)(\.gitignore|\.ignore|\.gitattributes)$|^\.git\/(HEAD|info\/exclude|info\/attributes)$/;
const NEVER_INDEXED = /(^|\/)(\.git|\.hg|\.svn|node_modules)(\/|$)/;

/** `path`: relative to the folder with `/`. */
export function meaningOf(path: string): 'none' | 'file' | 'scan' {
  if (RULES.test(path)) return 'scan';
  return path === '' || NEVER_INDEXED.test(path) ? 'none' : 'file';
}

export class ChangeQueue {
  readonly #flush: (request: UpdateRequest) => void;
  readonly #paths = new Set<string>();
  #scan = false;
  #firstAtMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(flush: (request: UpdateRequest) => void) {
    this.#flush = flush;
  }

  push(path: string): void {
    const meaning = meaningOf(path);
    if (meaning === 'none') return;
    if (this.#paths.size === 0 && !this.#scan) this.#firstAtMs = Date.now();
    if (meaning === 'scan' || this.#paths.size >= FLOOD) this.#scan = true;
    else this.#paths.add(path);
    const leftMs = this.#firstAtMs + LONGEST_WAIT_MS - Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), Math.max(0, Math.min(LULL_MS, leftMs)));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #send(): void {
    const request = this.#scan ? WHOLE_FOLDER : { paths: [...this.#paths], rebuild: false };
    this.#paths.clear();
    this.#scan = false;
    this.#flush(request);
  }
}
