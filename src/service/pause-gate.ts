/** Holds updates between two batches while the user has paused indexing. */

export interface PauseGate {
  setPaused(paused: boolean): void;
  /** Resolves when indexing may go on, or when `signal` aborts: a paused update can still be cancelled. */
  pass(signal: AbortSignal): Promise<void>;
}

export function createPauseGate(): PauseGate {
  let held: PromiseWithResolvers<void> | null = null;
  return {
    setPaused(paused) {
      if (paused) held ??= Promise.withResolvers<void>();
      else {
        held?.resolve();
        held = null;
      }
    },
    async pass(signal) {
      // One turn of the event loop between batches lets waiting searches in first.
      await new Promise((resolve) => setImmediate(resolve));
      while (held && !signal.aborted) await Promise.race([held.promise, aborted(signal)]);
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
