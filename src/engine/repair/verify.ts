/** The whole check of one index: what was looked at, what is wrong, and what becomes of it. */
import type { VerifyCheck, VerifyReport } from '../api/repair.ts';
import type { IndexIdentity } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { checkDatabase, checkIdentity } from './database-checks.ts';
import { checkDerived } from './derived-checks.ts';
import { Problems } from './problems.ts';

export interface VerifiedIndex {
  readonly folder: string;
  readonly store: Store;
  readonly identity: IndexIdentity;
  readonly dimensions: number;
  /** Ends the check, which knows nothing of an index that is closed. */
  readonly signal?: AbortSignal;
}

const MENDED =
  'The next run of kenning index, or the editor by itself, makes the damaged part anew, or all of it where its structure is damaged; kenning index --rebuild makes all of it anew in any case.';
const REMOVED =
  'Only files that are made from the database were wrong: they are removed, and made anew with the next changes.';
/** Made anew without a rebuild. */
const DERIVED: readonly VerifyCheck['area'][] = ['segment', 'graph'];

/** Rejects with `cancelled`, with nothing noted. */
export async function verifyIndex(verified: VerifiedIndex): Promise<VerifyReport> {
  const { folder, store, identity, dimensions, signal } = verified;
  const startedAt = performance.now();
  const checks = [
    ...(await checkDatabase(store, dimensions, signal)),
    checkIdentity(store, identity),
    ...(await derivedOrNone(store, dimensions)),
  ];
  const wrong = checks.filter(({ problems }) => problems.length > 0);
  const isDamaged = wrong.some(({ area }) => !DERIVED.includes(area));
  if (isDamaged) store.noteDamage();
  return {
    folder,
    sound: wrong.length === 0,
    checks,
    remedy: isDamaged ? MENDED : wrong.length > 0 ? REMOVED : null,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** Which files there are stands in the database, which may not say it any more. */
async function derivedOrNone(store: Store, dimensions: number): Promise<readonly VerifyCheck[]> {
  try {
    return await checkDerived(store, dimensions);
  } catch (error) {
    const problems = new Problems();
    problems.attempt(() => {
      throw error;
    });
    return [{ area: 'state', checked: "the names of the index's other files", problems: problems.told }];
  }
}
