import { expect, test } from 'vitest';
import { collapsed } from '../../../src/core/ranking/collapse.ts';

const CASES: readonly [string, readonly string[], readonly string[]][] = [
  ['nothing', [], []],
  ['strangers', ['a', 'b'], ['a', 'b']],
  ['two that share a key, wherever they stand', ['ax', 'b', 'cx'], ['ax cx', 'b']],
  ['what is alike to one that is alike to the first', ['ax', 'xy', 'yb'], ['ax xy yb']],
  ['what shares keys with two groups, under the first of its keys', ['a', 'b', 'ba'], ['a', 'b ba']],
  ['what has no key', ['', ''], ['', '']],
];

test.each(CASES)('%s', (_, items, groups) => {
  const found = collapsed(items, (item) => [...item]);
  expect(found.map((group) => group.join(' '))).toEqual(groups);
});
