/** What one folder's engine is made of, put together by `open.ts`. Plain references: whoever takes them owns none. */
import type { EngineOptions } from './api/options.ts';
import type { Models } from './open-models.ts';
import type { RefinedCache } from './refined-cache/refined-cache.ts';
import type { GraphKeeper } from './search/graph-keeper.ts';
import type { LikeWords } from './search/like-words.ts';
import type { LiveIndex } from './search/live-index.ts';
import type { IndexIdentity } from './store/records.ts';
import type { Store } from './store/store.ts';

export interface FolderParts {
  readonly options: EngineOptions;
  readonly identity: IndexIdentity;
  readonly store: Store;
  readonly models: Models;
  readonly live: LiveIndex;
  readonly graphs: GraphKeeper;
  readonly likeWords: LikeWords;
  /** Null without a refiner. */
  readonly cache: RefinedCache | null;
}

/** Functions that the refiner has still to read; none where there is no refiner. */
export function waitingIn({ models, store }: Pick<FolderParts, 'models' | 'store'>): number {
  return models.refinement.refiner ? store.rows.waiting() : 0;
}
