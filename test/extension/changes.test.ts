import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangeQueue, meaningOf } from '../../src/extension/changes.ts';
import { type UpdateRequest, WHOLE_FOLDER } from '../../src/service/update-request.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const record = (): { readonly sent: UpdateRequest[]; readonly queue: ChangeQueue } => {
  const sent: UpdateRequest[] = [];
  return { sent, queue: new ChangeQueue((request) => sent.push(request)) };
};

test.each([
  ['src/a.ts', 'file'],
  ['src', 'file'],
  ['', 'none'],
  ['.git/index.lock', 'none'],
  ['sub/.git/index', 'none'],
  ['node_modules/x/a.js', 'none'],
  ['a/node_modules', 'none'],
  ['.git/HEAD', 'scan'],
  ['.git/info/exclude', 'scan'],
  ['.gitignore', 'scan'],
  ['deep/down/.ignore', 'scan'],
  ['my.gitignore', 'file'],
])('%s means %s', (path, meaning) => {
  expect(meaningOf(path)).toBe(meaning);
});

test('events in a row become one update, each path once', () => {
  const { sent, queue } = record();
  for (const path of ['a', 'b', 'a']) {
    queue.push(path);
    vi.advanceTimersByTime(200);
  }
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(300);
  expect(sent).toEqual([{ paths: ['a', 'b'], rebuild: false }]);
});

test('a stream that never stops is still answered', () => {
  const { sent, queue } = record();
  for (let ms = 0; ms < 4500; ms += 100) {
    queue.push(`file-${ms}`);
    vi.advanceTimersByTime(100);
  }
  expect(sent.length).toBe(2);
});

test('a flood and a change of rules ask for a scan', () => {
  const { sent, queue } = record();
  for (let i = 0; i < 1000; i++) queue.push(`file-${i}`);
  vi.advanceTimersByTime(1000);
  queue.push('a');
  queue.push('.gitignore');
  vi.advanceTimersByTime(1000);
  queue.push('b');
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([WHOLE_FOLDER, WHOLE_FOLDER, { paths: ['b'], rebuild: false }]);
});

test('what means nothing starts nothing', () => {
  const { sent, queue } = record();
  queue.push('.git/index');
  vi.advanceTimersByTime(10_000);
  expect(sent).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
