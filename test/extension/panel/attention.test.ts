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
  expect(after(500, 'b')).toBe('a');
  expect(after(1999, 'c')).toBeNull();
  expect(after(2500, null)).toBe('c');
  expect(after(9000, 'd')).toBeNull();
});

test('what is typed on after a rest was the beginning of a question, and is none itself', () => {
  let nowMs = 0;
  const attention = new Attention(() => nowMs);
  const looked = ['wait lon', 'wait longer', 'wait longer -tests', 'wait', null].map((query) => {
    nowMs += 5000;
    return attention.turnTo(query);
  });
  expect(looked).toEqual([null, null, null, 'wait longer -tests', 'wait']);
});
