import { expect, test } from 'vitest';
import { tokenBag } from '../../../src/core/student/bag.ts';

const PLAIN = [[1]];

test('a bag holds each token once, weighted by the logarithm of its count', () => {
  expect(tokenBag([[7, 3, 7, 7, 9]], 100, PLAIN)).toEqual({ ids: [7, 3, 9], weights: [2, 1, 1] });
});

test('a place counts by the factor of its field and of how far in it stands', () => {
  const factors = [[3], [7, 1, 0.5]];
  const { ids, weights } = tokenBag([[1], [2, 3, 4, 5, 6, 7, 8, 2], [9]], 100, factors);
  expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(weights.map((weight) => 2 ** weight - 1).map((sum) => Math.round(sum * 1e6) / 1e6)).toEqual([
    3, 7.5, 1, 1, 0.5, 0.5, 0.5, 0.5, 7,
  ]);
});

test('tokens past the cap are not read, in whichever field they stand', () => {
  expect(tokenBag([[1, 1, 2]], 2, PLAIN)).toEqual({ ids: [1], weights: [Math.log2(3)] });
  expect(tokenBag([[1], [2, 3], [4]], 2, PLAIN)).toEqual({ ids: [1, 2], weights: [1, 1] });
});

test('an empty text is an empty bag', () => {
  expect(tokenBag([[]], 8, PLAIN)).toEqual({ ids: [], weights: [] });
});
