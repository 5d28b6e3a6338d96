/**
 * What the refiner will read of functions that an update has just embedded, so that refining them needs neither their
 * files nor a parser. In memory, and of the first functions only: those that are not here, as after a restart, are read
 * from their files. It knows nothing of either.
 */
import { setImmediate } from 'node:timers/promises';
import { ByteList, readVarints } from '../byte-list.ts';
import type { Entry } from '../embed/refiner-runs.ts';
import { asInt8, dequantise } from '../vectors/quantise.ts';

/** Some 400 bytes each. */
const MOST_FUNCTIONS = 100_000;
/** Taken in between two turns of others: a millisecond or two. */
const TURN_FUNCTIONS = 64;
/** How many ids a record has, and how many dimensions. */
const HEAD_NUMBERS = 2;

export interface EmbeddedFunction {
  /** Of `text`. */
  readonly contentHash: string;
  readonly text: string;
  /** The student's. */
  readonly vector: Int8Array;
}

export class KeptEntries {
  readonly #idsOf: (text: string) => readonly number[];
  readonly #most: number;
  /** Content hash → where its record begins: how many ids, how many dimensions, the ids, the vector. */
  readonly #starts = new Map<string, number>();
  #records = new ByteList();

  /** `idsOf`: the refiner's. */
  constructor(idsOf: (text: string) => readonly number[], most = MOST_FUNCTIONS) {
    this.#idsOf = idsOf;
    this.#most = most;
  }

  async keep(functions: readonly EmbeddedFunction[]): Promise<void> {
    for (const [i, fn] of functions.entries()) {
      if (this.#starts.size >= this.#most) return;
      if (i % TURN_FUNCTIONS === 0) await setImmediate();
      if (!this.#starts.has(fn.contentHash)) this.#add(fn);
    }
  }

  get(contentHash: string): Entry | undefined {
    const start = this.#starts.get(contentHash);
    if (start === undefined) return undefined;
    const bytes = this.#records.bytes();
    const head = readVarints(bytes, start, HEAD_NUMBERS);
    const [count, dimensions] = head.values as [number, number];
    const { values: ids, end } = readVarints(bytes, head.end, count);
    return { ids, base: dequantise(asInt8(bytes.subarray(end, end + dimensions))) };
  }

  clear(): void {
    this.#starts.clear();
    this.#records = new ByteList();
  }

  #add({ contentHash, text, vector }: EmbeddedFunction): void {
    const ids = this.#idsOf(text);
    this.#starts.set(contentHash, this.#records.length);
    for (const number of [ids.length, vector.length, ...ids]) this.#records.pushVarint(number);
    this.#records.push(new Uint8Array(vector.buffer, vector.byteOffset, vector.length));
  }
}
