/** Thins out a stream of values: the first goes at once, then at most one per interval; `flush` sends a held one. */
export interface Throttle<T> {
  push(value: T): void;
  flush(): void;
}

export function throttle<T>(send: (value: T) => void, intervalMs: number, now: () => number = Date.now): Throttle<T> {
  let lastSent = Number.NEGATIVE_INFINITY;
  let held: { readonly value: T } | null = null;
  const deliver = (value: T): void => {
    held = null;
    lastSent = now();
    send(value);
  };
  return {
    push(value) {
      if (now() - lastSent >= intervalMs) deliver(value);
      else held = { value };
    },
    flush() {
      if (held) deliver(held.value);
    },
  };
}
