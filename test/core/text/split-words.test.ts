import { describe, expect, test } from 'vitest';
import { splitWords } from '../../../src/core/text/split-words.ts';

const CASES: readonly [string, string][] = [
  ['', ''],
  ['parseHTTPHeader_v2', 'parse http header v 2'],
  ['URLs and IDs', 'urls and ids'],
  ['XMLHttpRequest', 'xml http request'],
  ['SCREAMING_SNAKE', 'screaming snake'],
  ['sha256sum', 'sha 256 sum'],
  ['kebab-case.dotted::path', 'kebab case dotted path'],
  ['über Größe ÜBER', 'über größe über'],
  ['検索する', '検索する'],
  ['İstanbul', 'i̇stanbul'],
  ['a1B2', 'a 1 b 2'],
  ['{}();=>', ''],
  ['e\u0301te\u0301', 'e\u0301te\u0301'],
];

describe('splitWords', () => {
  test.each(CASES)('%s', (text, words) => {
    expect(splitWords(text).join(' ')).toBe(words);
  });
});
