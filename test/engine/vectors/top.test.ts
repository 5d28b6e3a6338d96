/** The best of many scores, against sorting them all: with equal scores, rows that are refused, and runs that are passed over. */
import { describe, expect, test } from 'vitest';
import { BLOCK_ROWS } from '../../../src/core/lexical/bm25f.ts';
import { topPositive, topRows } from '../../../src/engine/vectors/top.ts';

/** One in three rows has a score, of few different ones. */
function scoresOf(rows: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: rows }, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff;
    return (state >> 8) % 3 === 0 ? ((state >> 12) % 40) / 8 : 0;
  });
}

const blocksOf = (scores: Float32Array): Float32Array =>
  Float32Array.from({ length: Math.ceil(scores.length / BLOCK_ROWS) }, (_, block) =>
    Math.max(...scores.slice(block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS)),
  );

const isKept = (row: number): boolean => row % 7 !== 3;

describe.each([
  [0, isKept],
  [1, isKept],
  [5, isKept],
  [200, isKept],
  [0, null],
  [1, null],
  [5, null],
  [200, null],
] as const)('the best %s, kept by %s', (k, keep) => {
  test.each([0, 1, 63, 64, 65, 1000, 20_000])('of %s rows', (rows) => {
    for (let seed = 1; seed < 20; seed++) {
      const scores = scoresOf(rows, seed);
      const sorted = Array.from(scores, (score, row) => ({ row, score }))
        .filter(({ row }) => keep?.(row) ?? true)
        .sort((a, b) => b.score - a.score || a.row - b.row);
      expect(topRows(scores, k, keep)).toEqual(sorted.slice(0, k));
      const positive = sorted.filter(({ score }) => score > 0);
      expect(topPositive(scores, blocksOf(scores), k, keep)).toEqual(positive.slice(0, k));
      const above = positive[k >> 1]?.score ?? 0;
      const higher = positive.filter(({ score }) => score > above);
      expect(topRows(scores, k, keep, above)).toEqual(higher.slice(0, k));
      expect(topPositive(scores, blocksOf(scores), k, keep, above)).toEqual(higher.slice(0, k));
    }
  });
});
