import { expect, test } from 'vitest';
import { editDistance } from '../../../src/core/query/edit-distance.ts';

test.each([
  ['', '', 2, 0],
  ['same', 'same', 2, 0],
  ['tokenzier', 'tokenizer', 2, 1],
  ['recieve', 'receive', 1, 1],
  ['parsheader', 'parseheader', 1, 1],
  ['kitten', 'sitting', 3, 3],
  ['kitten', 'sitting', 2, 3],
  ['abc', 'abcdef', 2, 3],
  ['abcd', 'badc', 2, 2],
  ['flaw', 'lawn', 2, 2],
])('%s %s within %i: %i', (a, b, most, distance) => {
  expect(editDistance(a, b, most)).toBe(distance);
  expect(editDistance(b, a, most)).toBe(distance);
});
