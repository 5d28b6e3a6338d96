import { expect, test } from 'vitest';
import { Attention } from '../../../src/extension/panel/attention.ts';

test('an answer counts once it has stood for two seconds, told when something else takes its place', () => {
  let nowMs = 0;
  const attention = new Attention(() => nowMs);
  const after = (ms: number, query: string | null): string | null => {
    nowMs += ms;
    return attention.turnTo(query);
  };
  expect(after(0, 'a')).toBeNull();
  expect(after(1500, 'a')).toBeNull();
  expect(after(500, 'ab')).toBe('a');
  expect(after(1999, 'abc')).toBeNull();
  expect(after(2500, null)).toBe('abc');
  expect(after(9000, 'd')).toBeNull();
});
