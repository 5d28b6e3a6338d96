import { expect, test } from 'vitest';
import { packWords, WordTable } from '../../../src/core/text/word-table.ts';

const WORDS = ['parse', 'parser', '##ing', '[UNK]', 'größe', '日本語', '\ud800', 'x'];

test('each word has its place, and nothing else has one', () => {
  const table = new WordTable(packWords(WORDS));
  expect(table.size).toBe(WORDS.length);
  expect(WORDS.map((word) => table.placeOf(word))).toEqual(WORDS.map((_, place) => place));
  for (const word of ['', 'pars', 'parsers', 'Parse', 'xx', 'constructor', '本語'])
    expect(table.placeOf(word)).toBe(-1);
  expect(table.all()).toEqual(WORDS);
});

test('words whose hashes meet are told apart', () => {
  const words = Array.from({ length: 5000 }, (_, i) => `word${i.toString(36)}`);
  const table = new WordTable(packWords(words));
  words.forEach((word, place) => {
    expect([word, table.placeOf(word), table.at(place)]).toEqual([word, place, word]);
  });
  for (const word of words) expect(table.placeOf(`${word}-`)).toBe(-1);
});

test('a place without a word is none', () => {
  const table = new WordTable(packWords(['', 'b', '']));
  expect([table.placeOf(''), table.placeOf('b'), table.at(0)]).toEqual([-1, 1, '']);
});

test('an empty list holds nothing', () => {
  expect(new WordTable(packWords([])).placeOf('parse')).toBe(-1);
});
