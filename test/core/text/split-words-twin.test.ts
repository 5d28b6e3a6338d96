/** The cases that the training's twin of the splitting is held to as well. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { splitWords } from '../../../src/core/text/split-words.ts';

const CASES = JSON.parse(
  readFileSync(new URL('../../../training/tests/words.json', import.meta.url), 'utf8'),
) as readonly { text: string; words: string[] }[];

test.each(CASES)('$text', ({ text, words }) => {
  expect(splitWords(text)).toEqual(words);
});
