/**
 * Keeps background work on battery to a share of the time: after each quarter of a second it rests, in proportion to how
 * long it has worked. On mains it never does.
 */
import type { ReadPower } from './power.ts';

/** Of the time that a piece of work takes, on battery. */
export const BATTERY_SHARE = 0.25;
/** So much is done in one go: a saved file is not to wait. */
const REST_AFTER_MS = 250;
/** The user may plug in, or the work be cancelled: neither is to wait for long. */
const LONGEST_REST_MS = 5000;
/** Asking costs a process on some systems. */
const ASK_EVERY_MS = 30_000;

export interface DutyCycle {
  /** As last asked. */
  readonly onBattery: boolean;
  /** For one piece of work: what it calls wherever it may rest. Resolves early when `signal` aborts. */
  begin(): (signal: AbortSignal) => Promise<void>;
}

/** `now`: in milliseconds, only its differences count. `sleep` ends early with its signal. */
export function createDutyCycle(
  read: ReadPower,
  sleep: Sleep = sleepUnlessAborted,
  now = () => performance.now(),
): DutyCycle {
  let onBattery = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = (): void => {
    if (now() - askedAt < ASK_EVERY_MS) return;
    askedAt = now();
    // Nothing waits for the answer: it counts from the next batch on.
    void read().then((answer) => {
      onBattery = answer;
    });
  };
  return {
    get onBattery() {
      return onBattery;
    },
    begin: () => {
      ask();
      let workingSince = now();
      return async (signal) => {
        ask();
        if (!onBattery) workingSince = now();
        const workedMs = now() - workingSince;
        if (workedMs < REST_AFTER_MS || signal.aborted) return;
        const restMs = Math.min(LONGEST_REST_MS, workedMs * (1 / BATTERY_SHARE - 1));
        await sleep(restMs, signal);
        workingSince = now();
      };
    },
  };
}

type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

function sleepUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake, { once: true });
  });
}
