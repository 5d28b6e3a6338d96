/** What is taken for plain words, and that a closer look would find no identifier in it either. */
import { describe, expect, test } from 'vitest';
import { queryTerms } from '../../../src/core/lexical/terms.ts';
import { identifiersIn } from '../../../src/core/query/identifiers.ts';
import { isPlainText } from '../../../src/core/text/plain-text.ts';

/** Letters beyond ASCII are never plain: with this behind it, a text is looked at closely. */
const NOT_PLAIN = ' é';

describe('plain', () => {
  test.each(['parse a header', 'parse an HTTP header', 'How Does it work', 'a B', 'X Y'])('%s', (text) => {
    expect(isPlainText(text)).toBe(true);
  });
});

describe('not plain', () => {
  test.each([
    '',
    'header',
    'HTTPServer in use',
    'list of URLs',
    'the parseUrl function',
    'utf8 text',
    'how is it done?',
    'parse  twice',
    'parse a header ',
    'liste à puces',
    'max_len of it',
  ])('%s', (text) => {
    expect(isPlainText(text)).toBe(false);
  });
});

/** All of one to four letters, each small or a capital. */
const WORDS = [1, 2, 3, 4].flatMap((letters) =>
  Array.from({ length: 2 ** letters }, (_, capitals) =>
    Array.from({ length: letters }, (_, i) => (capitals & (1 << i) ? 'B' : 'a')).join(''),
  ),
);

test('where a text is plain, a closer look finds no identifier', () => {
  const texts = WORDS.flatMap((first) => WORDS.map((second) => `${first} ${second}`));
  const plain = texts.filter(isPlainText);
  expect([plain.length, texts.length]).toEqual([11 ** 2, 30 ** 2]);
  for (const text of plain) {
    expect(identifiersIn(text + NOT_PLAIN)).toEqual([]);
    expect(queryTerms(text + NOT_PLAIN).filter((term) => term.startsWith('='))).toEqual([]);
  }
});
