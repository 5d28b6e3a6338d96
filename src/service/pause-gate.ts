/** Holds updates and refinings where they ask it, while the user has paused indexing. */

export interface PauseGate {
  setPaused(paused: boolean): void;
  /** Resolves when indexing may go on, or when `signal` aborts: a paused update can still be cancelled. True: it was held. */
  pass(signal: AbortSignal): Promise<boolean>;
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
      // One turn of the event loop lets waiting searches in first.
      await new Promise((resolve) => setImmediate(resolve));
      const isHeld = held !== null;
      while (held && !signal.aborted) await Promise.race([held.promise, aborted(signal)]);
      return isHeld;
    },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
