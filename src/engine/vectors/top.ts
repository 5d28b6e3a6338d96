/** The best k of many scores, without sorting them all. */

export interface ScoredRow {
  readonly row: number;
  readonly score: number;
}

/** Best first; rows that `keep` refuses, and scores that are not `above`, are passed over. Equal scores: the lower row first. */
export function topRows(
  scores: Float32Array | Int32Array,
  k: number,
  keep: ((row: number) => boolean) | null,
  above = Number.NEGATIVE_INFINITY,
): ScoredRow[] {
  const heap: ScoredRow[] = [];
  const rows = k > 0 ? scores.length : 0;
  // Nearly every row ends at this one comparison.
  let worst = above;
  for (let row = 0; row < rows; row++) {
    const score = scores[row]!;
    if (score <= worst) continue;
    if (keep && !keep(row)) continue;
    if (heap.length < k) push(heap, { row, score });
    else replaceRoot(heap, { row, score });
    if (heap.length === k) worst = heap[0]!.score;
  }
  return heap.sort((a, b) => b.score - a.score || a.row - b.row);
}

/** The heap's root is the worst of the best. */
function worse(a: ScoredRow, b: ScoredRow): boolean {
  return a.score < b.score || (a.score === b.score && a.row > b.row);
}

function push(heap: ScoredRow[], entry: ScoredRow): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!worse(heap[at]!, heap[parent]!)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function replaceRoot(heap: ScoredRow[], entry: ScoredRow): void {
  heap[0] = entry;
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    const right = left + 1;
    let worst = at;
    if (left < heap.length && worse(heap[left]!, heap[worst]!)) worst = left;
    if (right < heap.length && worse(heap[right]!, heap[worst]!)) worst = right;
    if (worst === at) return;
    swap(heap, at, worst);
    at = worst;
  }
}

function swap(heap: ScoredRow[], a: number, b: number): void {
  const entry = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = entry;
}
