/**
 * How long refining stands still for searches: while one is under way, and for a moment after it, because who types asks
 * again at once and should not have to share a core with a run of the model. It knows times, nothing of searches or threads.
 */

/** After a search: longer than between two keys of most people, short beside reading an answer. */
const GRACE_MS = 250;
/**
 * Standing still uses up this much, which comes back as time passes in which it may work. Used up, as by an agent that asks
 * all the time, it works on beside searches until all of it is back: half of the time at least.
 */
const MOST_STILL_MS = 5000;

/** How often who stands still looks whether it is over: nobody is woken, since that would take a search's time. */
export const LOOK_AGAIN_MS = 50;

/** A clock that all threads share, and that nobody sets. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1_000_000n);

/** How long to stand still from now on, in ms; 0 for not at all. `stillUntil`: see `StandingStill`. */
export function stillForMs(stillUntil: BigInt64Array, nowMs = monotonicMs()): number {
  return Math.max(0, Number(Atomics.load(stillUntil, 0)) - nowMs);
}

export class StandingStill {
  /** In shared memory, for threads to see: until when they are to stand still, in ms of `monotonicMs`. */
  readonly stillUntil = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
  readonly #now: () => number;
  #underWay = 0;
  #leftMs = MOST_STILL_MS;
  #isUsedUp = false;
  /** Up to when what was used up and what came back is reckoned. */
  #reckonedMs: number;

  /** `now`: in ms; absent: the clock that `stillForMs` goes by. */
  constructor(now = monotonicMs) {
    this.#now = now;
    this.#reckonedMs = now();
  }

  searchBegins(): void {
    this.#underWay++;
    this.#standStillFor(MOST_STILL_MS);
  }

  searchEnds(): void {
    this.#underWay--;
    if (this.#underWay === 0) this.#standStillFor(GRACE_MS);
  }

  #standStillFor(ms: number): void {
    const now = this.#now();
    this.#reckon(now);
    if (!this.#isUsedUp) Atomics.store(this.stillUntil, 0, BigInt(now + Math.min(ms, this.#leftMs)));
  }

  #reckon(now: number): void {
    const stillMs = Math.min(now - this.#reckonedMs, stillForMs(this.stillUntil, this.#reckonedMs));
    const workedMs = now - this.#reckonedMs - stillMs;
    if (stillMs >= this.#leftMs) this.#isUsedUp = true;
    this.#leftMs = Math.min(MOST_STILL_MS, Math.max(0, this.#leftMs - stillMs) + workedMs);
    if (this.#leftMs === MOST_STILL_MS) this.#isUsedUp = false;
    this.#reckonedMs = now;
  }
}
