/**
 * Long work as a generator that returns its result and pauses after each of its steps, a fraction of a millisecond apart:
 * done at once, or in turns with what else wants the thread.
 */
export type Steps<T> = Generator<void, T, void>;

/** How long it works between two turns. */
const SLICE_MS = 4;

export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** `turn` is awaited before each few milliseconds of it; what it throws ends the work. */
export async function inTurns<T>(steps: Steps<T>, turn: () => Promise<void>): Promise<T> {
  for (;;) {
    await turn();
    const until = performance.now() + SLICE_MS;
    do {
      const { done, value } = steps.next();
      if (done) return value;
    } while (performance.now() < until);
  }
}
