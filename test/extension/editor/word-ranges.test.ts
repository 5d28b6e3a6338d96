import { expect, test } from 'vitest';
import { wordRanges } from '../../../src/extension/editor/word-ranges.ts';

test.each([
  ['parts of identifiers', 'parseDate(date_of, DATE)', ['date'], ['Date', 'date', 'DATE']],
  ['no part of a word', 'update(dates)', ['date'], []],
  ['capitals before a word', 'new HTTPClient()', ['http', 'client'], ['HTTP', 'Client']],
  ['numbers', 'sha256(x)', ['sha', '256'], ['sha', '256']],
  ['letters beyond ASCII', 'größe = Größe', ['größe'], ['größe', 'Größe']],
  ['single letters stand everywhere', 'c = c + 1', ['c'], []],
  ['nothing asked', 'parse', [], []],
])('%s', (_, line, words, expected) => {
  expect(wordRanges(line, words).map(([start, end]) => line.slice(start, end))).toEqual(expected);
});
