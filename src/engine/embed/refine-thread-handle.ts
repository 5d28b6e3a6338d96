/** One thread that runs the refiner, as its maker sees it. It ends when it is told to, and never by force. */
import { Worker } from 'node:worker_threads';
import type { Refined, RefineThreadData, ToRefine } from './refine-thread.ts';
import type { Entry } from './refiner-runs.ts';

export interface RefineThreadStart extends Omit<RefineThreadData, 'ending'> {
  readonly script: URL;
  /** Of the model that it must be: the folder may hold another one by now. */
  readonly fingerprint: string;
  /** It takes more, or nothing any more. */
  readonly onFreed: () => void;
}

export class RefineThread {
  readonly #ending = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #onFreed: () => void;
  readonly #ended = Promise.withResolvers<void>();
  /** Sent and not answered, in order; null: this thread does not refine it. */
  readonly #asked: ((vectors: readonly Float32Array[] | null) => void)[] = [];
  #worker: Worker | null = null;

  constructor({ dir, runtime, stillUntil, script, fingerprint, onFreed }: RefineThreadStart) {
    this.#onFreed = onFreed;
    const workerData: RefineThreadData = { dir, runtime, stillUntil, ending: this.#ending };
    try {
      this.#worker = new Worker(script, { workerData });
    } catch {
      this.#ended.resolve();
      return;
    }
    this.#worker.on('message', (refined: Refined) => {
      if ('vectors' in refined) this.#take(refined.vectors);
      else if (refined.fingerprint !== fingerprint) void this.end();
    });
    this.#worker.on('error', () => this.#giveUp());
    this.#worker.on('exit', () => {
      this.#giveUp();
      this.#ended.resolve();
    });
  }

  get isAlive(): boolean {
    return this.#worker !== null;
  }

  get parts(): number {
    return this.#asked.length;
  }

  /** Resolves to null where this thread cannot. */
  refine(entries: readonly Entry[]): Promise<readonly Float32Array[] | null> {
    if (!this.#worker) return Promise.resolve(null);
    const { promise, resolve } = Promise.withResolvers<readonly Float32Array[] | null>();
    this.#asked.push(resolve);
    this.#worker.postMessage(entries satisfies ToRefine);
    return promise;
  }

  /** Resolves when it has ended; what it has not answered it does not refine. */
  end(): Promise<void> {
    Atomics.store(this.#ending, 0, 1);
    Atomics.notify(this.#ending, 0);
    this.#worker?.postMessage('end' satisfies ToRefine);
    this.#giveUp();
    return this.#ended.promise;
  }

  #take(vectors: readonly Float32Array[]): void {
    this.#asked.shift()?.(vectors);
    this.#onFreed();
  }

  #giveUp(): void {
    this.#worker = null;
    for (const resolve of this.#asked.splice(0)) resolve(null);
    this.#onFreed();
  }
}
