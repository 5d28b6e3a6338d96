/** How much two pieces of code have in common in their terms: each term counts as often as it stands in both. */

export interface TermCounts {
  /** Term id → how often. */
  readonly known: ReadonlyMap<number, number>;
  /** How many terms there are in all, those without an id included. */
  readonly total: number;
}

/** Weighted Jaccard index: 0, no term in common; 1, the same terms equally often. */
export function overlap(a: TermCounts, b: TermCounts): number {
  let shared = 0;
  for (const [term, count] of a.known) shared += Math.min(count, b.known.get(term) ?? 0);
  const all = a.total + b.total - shared;
  return all > 0 ? shared / all : 0;
}
