/**
 * The approximate index: a search in an HNSW graph (Malkov and Yashunin 2018) over one segment's vectors, which are the
 * scan's. Its scores are the scan's as well.
 */
import { placeOf } from '../../core/sorted-search.ts';
import { type Links, nearRange } from './links.ts';
import { type Scan, SOME_ROWS, type SomeRows } from './scan.ts';
import { ScoreHeap } from './score-heap.ts';
import type { ScoredRow } from './top.ts';

export interface Graph {
  /** The rows nearest to `query`, best first; scores are the scan's. */
  nearest(query: Float32Array, k: number, keep: ((row: number) => boolean) | null): ScoredRow[];
}

/** Measured recall@10 is above 0.98 (`test/engine/vectors`). */
const SEARCH_BREADTH = 200;

/** `links`: over the rows of `scan`. */
export function createGraph(links: Links, scan: Scan): Graph {
  const seen = new Seen(scan.rows);
  return {
    nearest: (query, k, keep) => {
      const score = scan.compare(query);
      const asked = { score, some: scan.compareSome(query), keep, seen, breadth: Math.max(SEARCH_BREADTH, k) };
      seen.clear();
      // Each part is searched as if it were alone: a bad start in one would else be left at once for what others have found.
      const found = links.entries.flatMap((entry) => around(links, entry, asked));
      const scored = found.map((row) => ({ row, score: score(row) }));
      return scored.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, k);
    },
  };
}

interface Asked {
  readonly score: (row: number) => number;
  readonly some: SomeRows;
  readonly keep: ((row: number) => boolean) | null;
  readonly seen: Seen;
  /** Rows to find. */
  readonly breadth: number;
}

/** The best rows of the lowest level, in any order: goes on from the best that was not gone on from, until it is no use. */
function around(links: Links, entry: number, { score, some, keep, seen, breadth }: Asked): readonly number[] {
  const [level] = links.levels;
  const open = new ScoreHeap('highest');
  const found = new ScoreHeap('lowest');
  const meet = (row: number, value: number): void => {
    if (found.size >= breadth && value <= found.topScore) return;
    open.push(row, value);
    if (keep && !keep(row)) return;
    found.push(row, value);
    if (found.size > breadth) found.pop();
  };
  const first = descend(links, entry, score);
  if (seen.add(first)) meet(first, score(first));
  while (open.size > 0 && (found.size < breadth || open.topScore >= found.topScore)) {
    const [start, end] = nearRange(level!, open.pop());
    for (let from = start; from < end; from += SOME_ROWS) {
      let count = 0;
      for (let i = from; i < Math.min(end, from + SOME_ROWS); i++) {
        if (seen.add(level!.near[i]!)) some.rows[count++] = level!.near[i]!;
      }
      some.score(count);
      for (let i = 0; i < count; i++) meet(some.rows[i]!, some.scores[i]!);
    }
  }
  return found.rows();
}

/** The way down to the lowest level, by the nearest neighbour on each. */
function descend({ levels }: Links, entry: number, score: (row: number) => number): number {
  let best = entry;
  let most = score(entry);
  for (const level of levels.slice(1).reverse()) {
    // A part that is lower than another begins further down.
    if (placeOf(level.rows, best) === -1) continue;
    for (let from = -1; from !== best; ) {
      from = best;
      const [start, end] = nearRange(level, from);
      for (const row of level.near.subarray(start, end)) {
        const value = score(row);
        if (value > most) [best, most] = [row, value];
      }
    }
  }
  return best;
}

/** A set of rows that is emptied at no cost. */
class Seen {
  readonly #rounds: Uint32Array;
  #round = 0;

  constructor(rows: number) {
    this.#rounds = new Uint32Array(rows);
  }

  clear(): void {
    this.#round++;
  }

  /** False where it was in already. */
  add(row: number): boolean {
    if (this.#rounds[row] === this.#round) return false;
    this.#rounds[row] = this.#round;
    return true;
  }
}
