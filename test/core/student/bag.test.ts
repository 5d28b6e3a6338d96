import { expect, test } from 'vitest';
import { tokenBag } from '../../../src/core/student/bag.ts';

test('a bag holds each token once, weighted by the logarithm of its count', () => {
  expect(tokenBag([7, 3, 7, 7, 9], 100)).toEqual({ ids: [7, 3, 9], weights: [1 + Math.log(3), 1, 1] });
});

test('tokens past the cap are not read', () => {
  expect(tokenBag([1, 1, 2], 2)).toEqual({ ids: [1], weights: [1 + Math.log(2)] });
});

test('an empty text is an empty bag', () => {
  expect(tokenBag([], 8)).toEqual({ ids: [], weights: [] });
});
