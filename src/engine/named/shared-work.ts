/** Work that several want at once: it is done once, and given up when the last of them wants it no more. */
import { KenningError } from '../../core/errors.ts';

interface Shared {
  readonly done: Promise<void>;
  readonly unwanted: AbortController;
  wanting: number;
}

const underWay = new Map<string, Shared>();

/**
 * `work` under the name `key`, or that which is under way under it. Rejects with `cancelled` once `signal` aborts; `work` is
 * told when everybody's has. What rejects is nobody's any more: who asks next begins anew.
 */
export async function shared(
  key: string,
  work: (unwanted: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  for (let given = underWay.get(key); given?.unwanted.signal.aborted; given = underWay.get(key)) {
    // It may still be clearing up what the next one is to make.
    await given.done.catch(() => undefined);
  }
  if (signal?.aborted) throw cancelled();
  const sharing = underWay.get(key) ?? begun(key, work);
  sharing.wanting++;
  const left = Promise.withResolvers<never>();
  const leave = (): void => {
    if (--sharing.wanting === 0) sharing.unwanted.abort();
    left.reject(cancelled());
  };
  signal?.addEventListener('abort', leave, { once: true });
  try {
    await Promise.race([sharing.done, left.promise]);
  } finally {
    signal?.removeEventListener('abort', leave);
  }
}

function begun(key: string, work: (unwanted: AbortSignal) => Promise<void>): Shared {
  const unwanted = new AbortController();
  const done = work(unwanted.signal).finally(() => underWay.delete(key));
  // Whoever wanted it may have left.
  done.catch(() => undefined);
  const sharing = { done, unwanted, wanting: 0 };
  underWay.set(key, sharing);
  return sharing;
}

function cancelled(): KenningError {
  return new KenningError('cancelled', 'The model is no longer wanted.');
}
