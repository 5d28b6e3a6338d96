/** The best k of many scores, without sorting them all. */
import { BLOCK_ROWS } from '../../core/lexical/bm25f.ts';

export interface ScoredRow {
  readonly row: number;
  readonly score: number;
}

/**
 * Best first; rows that `keep` refuses are passed over, and those that score no more than `above`. Equal scores: the lower row
 * first.
 */
export function topRows(
  scores: Float32Array | Int32Array,
  k: number,
  keep: ((row: number) => boolean) | null,
  above = Number.NEGATIVE_INFINITY,
): ScoredRow[] {
  const heap: ScoredRow[] = [];
  addBest(heap, { scores, start: 0, end: scores.length, k, keep, worst: above });
  return bestFirst(heap);
}

/**
 * As `topRows`, `above` being 0 or more. `blocks`: the highest of each `BLOCK_ROWS` rows in turn. `keep`: null where all rows
 * count, so that blocks tell beforehand what the best cannot be below.
 */
export function topPositive(
  scores: Float32Array,
  blocks: Float32Array,
  k: number,
  keep: ((row: number) => boolean) | null,
  above = 0,
): ScoredRow[] {
  const heap: ScoredRow[] = [];
  let worst = keep ? above : Math.max(above, belowBest(blocks, k));
  for (let block = 0; block < blocks.length; block++) {
    if (blocks[block]! <= worst) continue;
    const start = block * BLOCK_ROWS;
    const end = Math.min(scores.length, start + BLOCK_ROWS);
    worst = addBest(heap, { scores, start, end, k, keep, worst });
  }
  return bestFirst(heap);
}

/** A score that k rows are above at least, or 0: so many blocks have one. By the bins that the blocks' highest fall into. */
function belowBest(blocks: Float32Array, k: number): number {
  let high = 0;
  for (let block = 0; block < blocks.length; block++) if (blocks[block]! > high) high = blocks[block]!;
  if (high === 0 || k === 0 || k > blocks.length) return 0;
  const bins = new Uint32Array(BINS + 1);
  for (let block = 0; block < blocks.length; block++) bins[Math.floor((blocks[block]! / high) * BINS)]!++;
  let bin = BINS;
  for (let above = bins[bin]!; above < k; above += bins[bin]!) bin--;
  // What is at its edge is one of the best.
  return (bin / BINS) * high * BELOW_ONE;
}

const BINS = 256;
/** Farther from 1 than the numbers next to it in single precision are. */
const BELOW_ONE = 1 - 2 ** -20;

interface Run {
  readonly scores: Float32Array | Int32Array;
  readonly start: number;
  readonly end: number;
  readonly k: number;
  readonly keep: ((row: number) => boolean) | null;
  /** Scores up to this are none of the best. */
  readonly worst: number;
}

/** Returns the `worst` of the next run. */
function addBest(heap: ScoredRow[], { scores, start, end, k, keep, worst: before }: Run): number {
  // Nearly every row ends at this one comparison.
  let worst = k > 0 ? before : Number.POSITIVE_INFINITY;
  for (let row = start; row < end; row++) {
    const score = scores[row]!;
    if (score <= worst) continue;
    if (keep && !keep(row)) continue;
    if (heap.length < k) push(heap, { row, score });
    else replaceRoot(heap, { row, score });
    if (heap.length === k) worst = heap[0]!.score;
  }
  return worst;
}

const bestFirst = (heap: ScoredRow[]): ScoredRow[] => heap.sort((a, b) => b.score - a.score || a.row - b.row);

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
