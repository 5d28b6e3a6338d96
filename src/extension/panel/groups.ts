/**
 * An answer's hits in groups: those to look at first, what is also related, and tests; or all of them in one, where no word
 * of the question occurs. Within a group they stay as ranked.
 * Pure.
 */

export type GroupName = 'best' | 'related' | 'tests' | 'unnamed';

export interface Group<Hit> {
  readonly name: GroupName;
  /** Never empty. */
  readonly hits: readonly Hit[];
}

/** The part of a hit that is looked at. */
export interface Grouped {
  readonly score: number;
  readonly why: { readonly lexical: number; readonly boosts: Readonly<Record<string, number>> };
}

/**
 * Share of the best hit's score from which a hit is among the best matches. Measured on the product benchmark (381
 * questions, 30 hits each): 97 % of the wanted places that are listed at all are then among the best matches, which are 6
 * hits in the median; with 0.6 it is 93 % and 4, with 0.4 98 % and 9.
 */
export const BEST_SHARE = 0.5;

/** Demotions that name the files of the last group; the engine makes none where the question asks for such files. */
const TESTS = ['tests', 'examples'];

/** Whether no word of the question is in any: there may be nothing of what is asked for, and these are only the nearest. */
export const isUnnamed = (hits: readonly Grouped[]): boolean =>
  hits.length > 0 && hits.every(({ why }) => why.lexical === 0);

/** `hits`: as ranked. The first of them leads the first group, whatever it is; those that nothing names are one. */
export function groupsOf<Hit extends Grouped>(hits: readonly Hit[]): readonly Group<Hit>[] {
  const [best] = hits;
  if (!best) return [];
  if (isUnnamed(hits)) return [{ name: 'unnamed', hits }];
  const least = best.score - (1 - BEST_SHARE) * Math.abs(best.score);
  const groups = Map.groupBy(hits, (hit): GroupName => {
    if (hit === best) return 'best';
    if (TESTS.some((name) => name in hit.why.boosts)) return 'tests';
    return hit.score >= least ? 'best' : 'related';
  });
  const order: readonly GroupName[] = ['best', 'related', 'tests'];
  return order.flatMap((name) => (groups.has(name) ? [{ name, hits: groups.get(name)! }] : []));
}
