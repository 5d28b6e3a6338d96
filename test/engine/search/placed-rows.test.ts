/** The best of several parts: the same whether or not a part is told what another has that is better. */
import { describe, expect, test } from 'vitest';
import { best, listed } from '../../../src/engine/search/placed-rows.ts';
import { topRows } from '../../../src/engine/vectors/top.ts';

/** Of few different ones, so that many are equal. */
function partsOf(sizes: readonly number[], seed: number): Int32Array[] {
  let state = seed;
  return sizes.map((size) =>
    Int32Array.from({ length: size }, () => {
      state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff;
      return (state >> 8) % 30;
    }),
  );
}

describe.each([[[300]], [[300, 40, 7]], [[7, 300, 0, 300]], [[1, 1, 1]]])('of parts of %s rows', (sizes) => {
  test.each([1, 5, 20, 1000])('the best %s', (depth) => {
    for (let seed = 1; seed < 40; seed++) {
      const parts = partsOf(sizes, seed);
      const alone = parts.map((scores) => topRows(scores, depth + 1, null));
      const told = listed(parts, depth, (scores, _, k, above) => topRows(scores, k, null, above));
      expect(best(told, depth)).toEqual(best(alone, depth));
    }
  });
});

test('a part is told the last of the best list that was full, and none before one was', () => {
  const parts = [Int32Array.of(3), Int32Array.of(9, 8, 7), Int32Array.of(6, 6), Int32Array.of(9, 9, 9, 8)];
  const told: unknown[] = [];
  listed(parts, 1, (scores, place, k, above) => {
    told.push([place, k, above]);
    return topRows(scores, k, null, above);
  });
  expect(told).toEqual([
    [0, 2, undefined],
    [1, 2, undefined],
    [2, 2, 8],
    [3, 2, 8],
  ]);
});
