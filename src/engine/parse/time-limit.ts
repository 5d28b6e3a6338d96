/** How much of the processor one file may take: what runs asks again and again, and stops when it is told to. */

/**
 * Ordinary files take a third of a megabyte a second and more; what takes longer than this is pathological. A file of up to
 * 100 kB takes less than a second, whatever it holds: its words and tokens, which come after parsing, have a fifth of that.
 */
const LIMIT_MS = { base: 400, perCharacter: 0.004, most: 3000 };

export interface TimeLimit {
  /** Of the processor, in milliseconds. */
  readonly ms: number;
  /** Once true, true for ever. */
  readonly isOver: () => boolean;
  /** Whether anyone was told to stop. */
  wasOver(): boolean;
}

/** Begins now. */
export function timeLimit(characters: number): TimeLimit {
  const ms = Math.min(LIMIT_MS.most, Math.round(LIMIT_MS.base + characters * LIMIT_MS.perCharacter));
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
