import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MOST_CHARS, UnsavedQueue } from '../../src/extension/unsaved-queue.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const record = (): { readonly told: (readonly [string, string | null])[]; readonly queue: UnsavedQueue } => {
  const told: (readonly [string, string | null])[] = [];
  return { told, queue: new UnsavedQueue((file, text) => told.push([file, text])) };
};

test('typing is told once it rests, as it is then, file by file', () => {
  const { told, queue } = record();
  let text = '';
  for (const letter of 'moor') {
    text += letter;
    queue.typed('a', () => text);
    queue.typed('b', () => 'other');
    vi.advanceTimersByTime(200);
  }
  expect(told).toEqual([]);
  vi.advanceTimersByTime(300);
  expect(told).toEqual([
    ['a', 'moor'],
    ['b', 'other'],
  ]);
});

test('a save is told at once, and only of what was told before', () => {
  const { told, queue } = record();
  queue.typed('a', () => 'moor');
  queue.settled('a');
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
  queue.typed('a', () => 'moor');
  vi.advanceTimersByTime(300);
  queue.settled('a');
  queue.settled('a');
  expect(told).toEqual([
    ['a', 'moor'],
    ['a', null],
  ]);
});

test('a text that has grown too large is searched as it is on disk', () => {
  const { told, queue } = record();
  const texts = ['small', 'x'.repeat(MOST_CHARS + 1), 'x'.repeat(MOST_CHARS + 2), 'small again'];
  for (const text of texts) {
    queue.typed('a', () => text);
    vi.advanceTimersByTime(300);
  }
  expect(told).toEqual([
    ['a', 'small'],
    ['a', null],
    ['a', 'small again'],
  ]);
});

test('nothing is told after the end', () => {
  const { told, queue } = record();
  queue.typed('a', () => 'moor');
  queue.dispose();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([]);
});
