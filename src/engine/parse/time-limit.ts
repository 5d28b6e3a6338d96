/** How much of the processor one file may take: what runs asks again and again, and stops when it is told to. */

/**
 * The densest files of ordinary code take 1.4 ms a kilobyte, Haskell's and Scala's 2.9, and half as much again, or twice,
 * where other programs share the caches and each core's halves with this one, or where Node counts all threads together.
 * A limit with less of a margin than this gives the same file functions on one day and windows of lines on the next. Of
 * 100 kB nothing takes more than a second, whatever it holds, unless its grammar is a slow one.
 */
const LIMIT_MS = { base: 400, perCharacter: 0.006, most: 15_000 };

export interface TimeLimit {
  /** Of the processor, in milliseconds. */
  readonly ms: number;
  /** Once true, true for ever. */
  readonly isOver: () => boolean;
  /** Whether anyone was told to stop. */
  wasOver(): boolean;
}

/** Begins now. `slowness`: of the grammar, 1 for most. */
export function timeLimit(characters: number, slowness = 1): TimeLimit {
  const own = slowness * (LIMIT_MS.base + characters * LIMIT_MS.perCharacter);
  const ms = Math.round(Math.min(LIMIT_MS.most, own));
  const startedAt = performance.now();
  const usedBefore = processorTime();
  let isReached = false;
  return {
    ms,
    // The clock is cheap to ask, but on a busy machine it says little about the file.
    isOver: () => {
      isReached ||= performance.now() - startedAt > ms && processorTime().user - usedBefore.user > ms * 1000;
      return isReached;
    },
    wasOver: () => isReached,
  };
}

/** In microseconds; of this thread alone where Node tells it, which Node 20 does not. */
const processorTime = (): NodeJS.CpuUsage => process.threadCpuUsage?.() ?? process.cpuUsage();
