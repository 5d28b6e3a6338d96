/** Looks for the cross-encoder. None, or one that cannot be used, is no reason not to search. */
import { existsSync } from 'node:fs';
import type { Runtime } from '../embed/runtime.ts';
import { loadRanker, type Ranker } from './ranker.ts';
import { readRanker } from './ranker-card.ts';

export interface FoundRanker {
  readonly ranker: Ranker | null;
  /** Why the one that is there cannot be used, for the user. */
  readonly notices: readonly string[];
}

export const NO_RANKER: FoundRanker = { ranker: null, notices: [] };

export async function openRanker(dir: string, runtime?: Runtime): Promise<FoundRanker> {
  if (!existsSync(dir)) return NO_RANKER;
  try {
    return { ranker: await loadRanker(await readRanker(dir), runtime), notices: [] };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!.replace(/\.$/, '');
    return { ranker: null, notices: [`Results are not read a second time, as quality "best" would: ${reason}.`] };
  }
}
