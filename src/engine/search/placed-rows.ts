/** Lists of rows of several parts as one list. */
import type { ScoredRow } from '../vectors/top.ts';

/** A row of a part, both by their places. */
export interface PlacedRow {
  readonly part: number;
  readonly row: number;
}

/**
 * The best of several lists of one kind of score, each of them longer than `depth` where there is more. Which of two equal
 * rows comes first is a matter of what was indexed first: equal ones that would be cut apart are left out together, unless
 * that would leave too few.
 */
export function best(lists: readonly (readonly ScoredRow[])[], depth: number): PlacedRow[] {
  const all = lists.flatMap((list, part) => list.map(({ row, score }) => ({ part, row, score })));
  if (lists.length > 1) all.sort((a, b) => b.score - a.score);
  if (all.length <= depth) return all;
  const next = all[depth]!.score;
  const clear = all.findIndex(({ score }) => score === next);
  return all.slice(0, clear > depth / 2 ? clear : depth);
}

/** Each row once, where it comes first. */
export function union(lists: readonly (readonly PlacedRow[])[]): PlacedRow[] {
  const seen = new Map<number, Set<number>>();
  return lists.flat().filter(({ part, row }) => {
    const rows = seen.get(part) ?? new Set<number>();
    seen.set(part, rows);
    return rows.size < rows.add(row).size;
  });
}
