import { expect, test } from 'vitest';
import { knownWords } from '../../../src/core/query/known-words.ts';

const words = knownWords(() => ['parse', 'parser', 'parsers', 'person', 'map', '##ing', '[UNK]', '']);

test.each([
  ['parse', 0, ['parse']],
  ['parse', 1, ['parse', 'parser', 'person']],
  ['pxxxxx', 1, ['parse', 'parser', 'parsers', 'person']],
  ['m', 2, ['map']],
  ['zebra', 3, []],
  ['', 0, ['']],
])('near %j by %i', (word, by, expected) => {
  expect([...words.near(word, by)].sort()).toEqual(expected);
});

test('has a word only as it is', () => {
  expect(['parse', 'pars', 'Parse', 'constructor'].map(words.has)).toEqual([true, false, false, false]);
});
