/**
 * Refines in threads of their own, beside reading, writing and answering, with the refiner of the caller's thread behind
 * them: what threads that cannot start, or that end, have not refined, that one does.
 */
import { KenningError } from '../../core/errors.ts';
import type { RuntimeName } from '../api/options.ts';
import { threadScript } from '../thread-script.ts';
import { RefineThread } from './refine-thread-handle.ts';
import type { CodeRefiner, Refiner } from './refiner.ts';
import type { Entry } from './refiner-runs.ts';

/** Tokens that go to a thread at once, some 20 ms of work: what a pause may have to wait for, twice. */
const PART_TOKENS = 512;
/** Parts that a thread has before it, so that it need not wait for this one. */
const AHEAD = 2;

export interface RefineThreadOptions {
  /** The model's folder. */
  readonly dir: string;
  readonly runtime: RuntimeName;
  readonly threads: number;
  /** In shared memory: until when the threads are to stand still for searches, as `stillForMs` reads it. */
  readonly stillUntil: BigInt64Array;
  /** While it is true only one of the threads gets work; absent: never. */
  readonly isSparing?: () => boolean;
  /** The threads' script; absent: the one that ships, or that lies beside this source. */
  readonly script?: URL;
}

export interface ThreadedRefiner extends CodeRefiner {
  /** Resolves when the threads have ended, which takes them a run at most. */
  dispose(): Promise<void>;
}

/** `behind` stays the caller's, and is of the same model. */
export function createThreadedRefiner(behind: Refiner, options: RefineThreadOptions): ThreadedRefiner {
  return new RefinerThreads(behind, options);
}

interface Work {
  readonly entries: readonly Entry[];
  readonly turn: () => Promise<void>;
}

interface Part {
  /** Of its entries. */
  readonly places: readonly number[];
  readonly refined: Promise<readonly Float32Array[]>;
}

class RefinerThreads implements ThreadedRefiner {
  readonly isAside = true;
  readonly #behind: Refiner;
  readonly #isSparing: () => boolean;
  readonly #start: () => RefineThread[];
  /** Null before the first texts come. */
  #threads: readonly RefineThread[] | null = null;
  /** Those who wait for a thread that takes a part. */
  #freed = Promise.withResolvers<void>();
  /** Texts are handed out in the order in which they came. */
  #last: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(behind: Refiner, { threads, script, isSparing, ...data }: RefineThreadOptions) {
    this.#behind = behind;
    this.#isSparing = isSparing ?? (() => false);
    const onFreed = (): void => {
      this.#freed.resolve();
      this.#freed = Promise.withResolvers<void>();
    };
    const { fingerprint } = behind;
    const started = { ...data, script: script ?? threadScript(import.meta.url, 'refine-thread'), fingerprint, onFreed };
    this.#start = () => Array.from({ length: threads }, () => new RefineThread(started));
  }

  async refineCode(entries: readonly Entry[], turn: () => Promise<void> = async () => {}): Promise<Float32Array[]> {
    const work: Work = { entries, turn };
    const handedOut = this.#last.then(() => this.#handOut(work));
    this.#last = handedOut.catch(() => undefined);
    const vectors = entries.map(() => new Float32Array(this.#behind.dimensions));
    for (const { places, refined } of await handedOut) {
      const found = await refined;
      places.forEach((place, i) => {
        vectors[place]!.set(found[i]!);
      });
    }
    return vectors;
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#freed.resolve();
    await Promise.all(this.#threads?.map((thread) => thread.end()) ?? []);
  }

  async #handOut(work: Work): Promise<readonly Part[]> {
    const parts: Part[] = [];
    for (const places of partsOf(work.entries)) {
      const thread = await this.#free();
      await work.turn();
      if (this.#isDisposed) throw disposed();
      const refined = this.#refinePart(thread, places, work);
      // What fails after the rest was given up is nobody's business any more.
      refined.catch(() => undefined);
      parts.push({ places, refined });
    }
    return parts;
  }

  /** The thread that has least to do and takes more; null when all have gone. */
  async #free(): Promise<RefineThread | null> {
    this.#threads ??= this.#start();
    for (;;) {
      const alive = this.#threads.filter(({ isAlive }) => isAlive);
      if (alive.length === 0 || this.#isDisposed) return null;
      const [first] = alive.slice(0, this.#isSparing() ? 1 : alive.length).sort((a, b) => a.parts - b.parts);
      if (first!.parts < AHEAD) return first!;
      await this.#freed.promise;
    }
  }

  async #refinePart(
    thread: RefineThread | null,
    places: readonly number[],
    { entries, turn }: Work,
  ): Promise<readonly Float32Array[]> {
    const part = places.map((i) => entries[i]!);
    const vectors = await thread?.refine(part);
    if (vectors) return vectors;
    if (this.#isDisposed) throw disposed();
    return this.#behind.refineCode(part, turn);
  }
}

/** Places of entries, in order: as many as make a part. */
function* partsOf(entries: readonly Entry[]): Generator<readonly number[], void> {
  let places: number[] = [];
  let tokens = 0;
  for (const [place, { ids }] of entries.entries()) {
    places.push(place);
    tokens += ids.length;
    if (tokens < PART_TOKENS) continue;
    yield places;
    [places, tokens] = [[], 0];
  }
  if (places.length > 0) yield places;
}

function disposed(): KenningError {
  return new KenningError('cancelled', 'The refining was ended.');
}
