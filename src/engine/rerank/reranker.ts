/** Reads the best hits of a search a second time, each together with the question. */
import type { RankedHit } from '../../core/ranking/candidate.ts';
import { RERANKING } from '../../core/ranking/parameters.ts';
import { withSecondView } from '../../core/ranking/second-view.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { StoredFunction } from '../store/records.ts';
import { hitTexts } from './hit-text.ts';
import type { Ranker } from './ranker.ts';

export interface RerankParts {
  readonly store: IndexReader;
  readonly folder: string;
  readonly ranker: Ranker;
}

/** `hits`: best first; `functions`: of every hit by its id. Rejects with `cancelled`. */
export async function rerank(
  { store, folder, ranker }: RerankParts,
  query: string,
  hits: readonly RankedHit[],
  functions: ReadonlyMap<number, StoredFunction>,
  signal?: AbortSignal,
): Promise<RankedHit[]> {
  const best = hits.slice(0, RERANKING.depth);
  const found = best.map(({ id }) => functions.get(id)!);
  const texts = [...(await hitTexts(store, folder, ranker.codeTemplate, found))];
  const logits = await ranker.score(
    query,
    texts.map(([, text]) => text),
    signal,
  );
  const relevance = new Map(texts.map(([id], i) => [id, sigmoid(logits[i]!)]));
  return [...withSecondView(best, relevance, RERANKING.share), ...hits.slice(RERANKING.depth)];
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
