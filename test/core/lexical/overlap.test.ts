import { expect, test } from 'vitest';
import { overlap, type TermCounts } from '../../../src/core/lexical/overlap.ts';

const counts = (known: readonly [number, number][], unknown = 0): TermCounts => ({
  known: new Map(known),
  total: known.reduce((sum, [, count]) => sum + count, unknown),
});

test.each([
  [
    'the same',
    counts([
      [1, 2],
      [5, 1],
    ]),
    counts([
      [1, 2],
      [5, 1],
    ]),
    1,
  ],
  ['nothing in common', counts([[1, 2]]), counts([[2, 2]]), 0],
  ['one more often', counts([[1, 4]]), counts([[1, 1]]), 1 / 4],
  ['a term that the index has not', counts([[1, 1]], 1), counts([[1, 1]]), 1 / 2],
  ['nothing at all', counts([]), counts([]), 0],
])('%s', (_, a, b, expected) => {
  expect(overlap(a, b)).toBeCloseTo(expected);
  expect(overlap(b, a)).toBeCloseTo(expected);
});
