/** What a store tells of its folder, as the engine's status and its report of an update say it. */
import type { IndexStatus } from './api/status.ts';
import type { IndexReport } from './api/work.ts';
import type { Store } from './store/store.ts';
import type { UpdateOutcome } from './update/update.ts';

/** Of an index that is known to be damaged. */
export const DAMAGED = 'The index is damaged: some functions are not found. It is mended when it is opened next.';

type StoredStatus = Pick<
  IndexStatus,
  'files' | 'functions' | 'complete' | 'generation' | 'bytes' | 'updatedAt' | 'skipped'
>;

export function storedStatus(store: Store): StoredStatus {
  const { complete, generation, updatedAt } = store.meta();
  return { ...store.counts(), complete, generation, bytes: store.bytes(), updatedAt, skipped: skippedIn(store) };
}

/** `outcome`: of the update that has just ended. */
export function indexReport(store: Store, outcome: UpdateOutcome, seconds: number): IndexReport {
  return {
    ...store.counts(),
    ...outcome,
    seconds,
    functionsPerSecond: seconds > 0 ? outcome.embedded / seconds : 0,
    bytes: store.bytes(),
    skipped: skippedIn(store),
  };
}

/** Files that the walk left out, and those that were left out once they were read. */
function skippedIn(store: Store): IndexStatus['skipped'] {
  const total: Partial<Record<string, number>> = { ...store.meta().skipped };
  for (const [code, count] of Object.entries(store.files.skipped())) total[code] = (total[code] ?? 0) + count;
  return total;
}
