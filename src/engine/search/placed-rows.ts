/** Lists of rows of several parts as one list. */
import type { ScoredRow } from '../vectors/top.ts';

/** A row of a part, both by their places. */
export interface PlacedRow {
  readonly part: number;
  readonly row: number;
}

/**
 * The best of several lists of one kind of score, as `listed` makes them. Which of two equal rows comes first is a matter of
 * what was indexed first: equal ones that would be cut apart are left out together, unless that would leave too few.
 */
export function best(lists: readonly (readonly ScoredRow[])[], depth: number): PlacedRow[] {
  const all = lists.flatMap((list, part) => list.map(({ row, score }) => ({ part, row, score })));
  if (lists.length > 1) all.sort((a, b) => b.score - a.score);
  if (all.length <= depth) return all;
  const next = all[depth]!.score;
  const clear = all.findIndex(({ score }) => score === next);
  return all.slice(0, clear > depth / 2 ? clear : depth);
}

/**
 * A list for each of `parts`, of more than `depth` rows where it has so many that may be among the best of all. `list`: the
 * best `k` of a part that score more than `above`, the last score of a list that is full; absent: of any score.
 */
export function listed<Part>(
  parts: readonly Part[],
  depth: number,
  list: (part: Part, place: number, k: number, above: number | undefined) => ScoredRow[],
): ScoredRow[][] {
  const k = depth + 1;
  let above: number | undefined;
  return parts.map((part, place) => {
    const rows = list(part, place, k, above);
    if (rows.length === k) above = rows[depth]!.score;
    return rows;
  });
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
