/** Commands that a key repeats while it is held down: each begins once the one before has ended. Pure. */

/** What `work` rejects with is told to its own caller alone. */
export function inTurn<A extends readonly unknown[], R>(
  work: (...args: A) => R | Promise<R>,
): (...args: A) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  return (...args) => {
    const now = last.then(() => work(...args));
    last = now.catch(() => undefined);
    return now;
  };
}
