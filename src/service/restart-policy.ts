/** Decides whether a crashed process is started again: at most four times in three minutes, ever more slowly. */

export const MAX_RESTARTS = 4;
export const WINDOW_MS = 3 * 60_000;
const DELAYS_MS = [0, 250, 1000, 4000];

/**
 * `restarts`: times of the restarts so far, milliseconds on one clock.
 * Returns how long to wait before the next, or null to give up.
 */
export function restartDelayMs(restarts: readonly number[], nowMs: number): number | null {
  const recent = restarts.filter((time) => nowMs - time < WINDOW_MS).length;
  return recent >= MAX_RESTARTS ? null : (DELAYS_MS[recent] ?? null);
}
