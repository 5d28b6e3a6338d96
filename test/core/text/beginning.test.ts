import { expect, test } from 'vitest';
import { beginning } from '../../../src/core/text/beginning.ts';

const SHIP = '\u{1f6a2}';

test.each([
  ['abc', 2, 'ab'],
  ['abc', 3, 'abc'],
  ['abc', 9, 'abc'],
  ['', 3, ''],
  [`a${SHIP}b`, 1, 'a'],
  [`a${SHIP}b`, 2, 'a'],
  [`a${SHIP}b`, 3, `a${SHIP}`],
  [`a${SHIP}`, 3, `a${SHIP}`],
  [SHIP, 0, ''],
])('%j, %d units', (text, most, expected) => {
  expect(beginning(text, most)).toBe(expected);
});
