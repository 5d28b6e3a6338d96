/**
 * Combines a first ranking with a second view of its best hits. The first scores are stretched to 0..1 between the best
 * and the last of these hits, so that none leaves their range: what stands below keeps its place.
 */
import type { RankedHit } from './candidate.ts';

/** The name under which a hit's evidence shows what the second view changed. */
export const RERANKED = 'reranked';

/**
 * `hits`: best first. `relevance`: hit id → 0..1; a hit without one keeps its score. `share`: of the second view, 0..1.
 * Best first again; equals keep their order.
 */
export function withSecondView(
  hits: readonly RankedHit[],
  relevance: ReadonlyMap<number, number>,
  share: number,
): RankedHit[] {
  const scores = hits.map(({ score }) => score);
  const low = Math.min(...scores);
  const range = Math.max(...scores) - low;
  return hits
    .map((hit) => {
      const seen = relevance.get(hit.id);
      const change = seen === undefined ? 0 : share * (low + range * seen - hit.score);
      if (change === 0) return hit;
      return { ...hit, score: hit.score + change, boosts: { ...hit.boosts, [RERANKED]: change } };
    })
    .sort((a, b) => b.score - a.score);
}
