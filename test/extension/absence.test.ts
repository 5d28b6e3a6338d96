import { expect, test } from 'vitest';
import { Absence } from '../../src/extension/absence.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

test.each([
  ['a short one', 4 * MINUTE, false, false],
  ['a long one', 6 * MINUTE, false, true],
  ['a short one from where nothing is watched', 5 * SECOND, true, false],
  ['a longer one from where nothing is watched', 15 * SECOND, true, true],
] as const)('%s', (_, awayMs, isUnwatched, isLong) => {
  const absence = new Absence();
  absence.begin(MINUTE);
  // A window may tell again that it has no focus.
  absence.begin(MINUTE + awayMs - 1);
  expect(absence.end(MINUTE + awayMs, isUnwatched)).toBe(isLong);
  expect(absence.end(60 * MINUTE, isUnwatched)).toBe(false);
});
