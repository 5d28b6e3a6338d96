/**
 * Whether a second view of the best hits is worth its wait: not where the first ranking leaves no doubt. It looks at the
 * first ranking alone and knows nothing of what the second view costs. Pure.
 */
import type { RankedHit, RankingQuery } from './candidate.ts';
import { RERANKING } from './parameters.ts';

/** `hits`: best first, at least two of them where there are two. */
export function secondViewHelps(query: Pick<RankingQuery, 'kind'>, hits: readonly RankedHit[]): boolean {
  const [best, next] = hits;
  if (!best || !next) return false;
  // A name is found by its letters; reading the code with it has only moved definitions down.
  if (query.kind === 'symbol' || isNamed(best)) return false;
  return best.score - next.score < RERANKING.clearLead;
}

const isNamed = ({ boosts }: RankedHit): boolean => (boosts.definition ?? 0) > 0;
