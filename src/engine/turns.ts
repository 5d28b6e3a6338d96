/** Who goes first in one engine: searches before refining, and an update before a refining that was begun earlier. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { LOOK_AGAIN_MS, StandingStill, stillForMs } from './standing-still.ts';

export class Turns {
  readonly #still: StandingStill;
  #overtaking = new AbortController();

  constructor(still = new StandingStill()) {
    this.#still = still;
  }

  /** For threads, which stand still by `stillForMs`. */
  get stillUntil(): BigInt64Array {
    return this.#still.stillUntil;
  }

  search<T>(searching: Promise<T>): Promise<T> {
    this.#still.searchBegins();
    const end = (): void => this.#still.searchEnds();
    searching.then(end, end);
    return searching;
  }

  /**
   * Resolves once work is not to stand still for searches, those included that were asked for while the process was held
   * up; with `signal` as soon as it aborts.
   */
  async afterSearches(signal?: AbortSignal): Promise<void> {
    // In the first turn of the event loop a message is read, in the second it is handed on.
    for (let turn = 0; turn < 2; turn++) await setImmediate();
    for (let leftMs = this.#stillMs(); leftMs > 0 && !signal?.aborted; leftMs = this.#stillMs())
      await setTimeout(Math.min(leftMs, LOOK_AGAIN_MS));
  }

  #stillMs(): number {
    return stillForMs(this.stillUntil);
  }

  /** Aborts with the next `overtake`. */
  get overtaken(): AbortSignal {
    return this.#overtaking.signal;
  }

  /** An update is asked for. */
  overtake(): void {
    this.#overtaking.abort();
    this.#overtaking = new AbortController();
  }
}

/** Settles with `work`, or as soon as `signal` aborts. */
export async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = Promise.withResolvers<void>();
  const onAbort = (): void => aborted.resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
