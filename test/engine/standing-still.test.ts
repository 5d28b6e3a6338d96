/** How long refining stands still for searches, by a clock of the test's own. */
import { beforeEach, expect, test } from 'vitest';
import { StandingStill, stillForMs } from '../../src/engine/standing-still.ts';

let now: number;
let still: StandingStill;

beforeEach(() => {
  now = 1_000_000;
  still = new StandingStill(() => now);
});

const isStill = (): boolean => stillForMs(still.stillUntil, now) > 0;

function search(ms: number): void {
  still.searchBegins();
  now += ms;
  still.searchEnds();
}

/** Asks for `forMs`, with a pause after each answer; the share of the time in which work may go on. */
function workedShare(forMs: number, searchMs: number, pauseMs: number): number {
  const begun = now;
  let workedMs = 0;
  const passes = (ms: number): void => {
    for (let i = 0; i < ms; i++, now++) if (!isStill()) workedMs++;
  };
  while (now - begun < forMs) {
    still.searchBegins();
    passes(searchMs);
    still.searchEnds();
    passes(pauseMs);
  }
  return workedMs / (now - begun);
}

test('work stands still while a search is under way and for a moment after the last one', () => {
  expect(isStill()).toBe(false);
  still.searchBegins();
  still.searchBegins();
  now += 20;
  still.searchEnds();
  now += 1000;
  expect(isStill()).toBe(true);
  still.searchEnds();
  expect(isStill()).toBe(true);
  now += 1000;
  expect(isStill()).toBe(false);
});

test('between the searches of someone who types, no work is done', () => {
  expect(workedShare(3000, 20, 180)).toBe(0);
});

test.each([
  ['back to back', 20, 0],
  ['as fast as one types', 20, 180],
  ['with a little more time in between', 20, 300],
])('half of the time or more is worked while somebody asks all the time, %s', (_, searchMs, pauseMs) => {
  const share = workedShare(120_000, searchMs, pauseMs);
  expect(share).toBeGreaterThan(0.48);
  expect(share).toBeLessThan(0.8);
});

test('nor does work wait for a search that never ends, or for many that overlap', () => {
  still.searchBegins();
  now += 60_000;
  expect(isStill()).toBe(false);
  for (let i = 0; i < 600; i++) {
    still.searchBegins();
    now += 100;
  }
  expect(isStill()).toBe(false);
});

test('who has asked a lot has all of it again after a rest', () => {
  workedShare(60_000, 20, 180);
  now += 20_000;
  search(20);
  now += 100;
  expect(isStill()).toBe(true);
  expect(workedShare(3000, 20, 180)).toBeLessThan(0.1);
});
