import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RULE_FILES } from '../../src/engine/walk/rules.ts';
import { ChangeQueue, meaningOf } from '../../src/extension/changes.ts';
import { type UpdateRequest, WHOLE_FOLDER } from '../../src/service/update-request.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Recorded {
  readonly sent: UpdateRequest[];
  readonly queue: ChangeQueue;
  /** Path → what tells a file's state; 1 for all others. */
  readonly stamps: Map<string, number>;
}

const record = (): Recorded => {
  const sent: UpdateRequest[] = [];
  const stamps = new Map<string, number>();
  const queue = new ChangeQueue(
    (request) => sent.push(request),
    async (path) => stamps.get(path) ?? 1,
  );
  return { sent, queue, stamps };
};
const only = (...paths: string[]): UpdateRequest => ({ paths, rebuild: false });

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

test.each(RULE_FILES)('%s, whose rules the engine obeys, means a scan', (name) => {
  expect([name, `deep/${name}`].map(meaningOf)).toEqual(['scan', 'scan']);
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

test('a save is one update of that path, without waiting, and the watcher telling of it later is none', async () => {
  const { sent, queue } = record();
  void queue.save('src/a.ts');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([only('src/a.ts')]);
  await vi.advanceTimersByTimeAsync(150);
  queue.push('src/a.ts');
  queue.push('src/a.ts');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toEqual([only('src/a.ts')]);
});

test('a file that another program changes after its save, or that goes, is not taken for the save', async () => {
  const { sent, queue, stamps } = record();
  void queue.save('a.ts');
  await vi.advanceTimersByTimeAsync(100);
  stamps.set('a.ts', 2);
  queue.push('a.ts');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([only('a.ts'), only('a.ts')]);
  await vi.advanceTimersByTimeAsync(10_000);
  stamps.delete('a.ts');
  queue.push('a.ts');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toHaveLength(3);
});

test('many saves at once are one update, and what had waited goes with them', async () => {
  const { sent, queue } = record();
  queue.push('z.ts');
  for (const path of ['a.ts', 'b.ts', 'c.ts']) void queue.save(path);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([only('z.ts', 'a.ts', 'b.ts', 'c.ts')]);
  for (let i = 0; i < 1000; i++) void queue.save(`file-${i}`);
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent.slice(1)).toEqual([WHOLE_FOLDER]);
});

test('a saved rule asks for a scan at once, a save below node_modules for nothing', async () => {
  const { sent, queue } = record();
  void queue.save('node_modules/x/a.js');
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([]);
  void queue.save('.gitignore');
  await vi.advanceTimersByTimeAsync(0);
  expect(sent).toEqual([WHOLE_FOLDER]);
});

test('a save that is under way when the folder is closed starts nothing', async () => {
  const { sent, queue } = record();
  void queue.save('a.ts');
  queue.dispose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(sent).toEqual([]);
});
