/** Who goes first in one engine: searches before refining, and an update before a refining that was begun earlier. */
import { setImmediate } from 'node:timers/promises';

export class Turns {
  readonly #searches = new Set<Promise<unknown>>();
  /** In shared memory, for threads to see: how many searches are under way. Those who wait for it to change are woken. */
  readonly searchCount = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #overtaking = new AbortController();

  search<T>(searching: Promise<T>): Promise<T> {
    this.#searches.add(searching);
    Atomics.add(this.searchCount, 0, 1);
    const forget = (): void => {
      this.#searches.delete(searching);
      Atomics.sub(this.searchCount, 0, 1);
      Atomics.notify(this.searchCount, 0);
    };
    searching.then(forget, forget);
    return searching;
  }

  /** Resolves once no search is under way, those included that were asked for while the process was held up. */
  async afterSearches(): Promise<void> {
    // In the first turn of the event loop a message is read, in the second it is handed on.
    for (let turn = 0; turn < 2; turn++) await setImmediate();
    while (this.#searches.size > 0) await Promise.allSettled(this.#searches);
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
