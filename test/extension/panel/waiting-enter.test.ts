/** Enter that comes before the answer waits for it, and for that one alone. The editor and the engine are fakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { window } from '../fake-vscode.ts';
import { NOTE, opened } from './open-panel.ts';

/** What was opened for good. */
const paths: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  paths.length = 0;
  window.showTextDocument = async (uri: { path: string }, { preserveFocus = false }) => {
    if (!preserveFocus) paths.push(uri.path);
    return { document: { uri }, visibleRanges: [], setDecorations: () => undefined, revealRange: () => undefined };
  };
});
afterEach(() => {
  vi.useRealTimers();
});

type Bench = Awaited<ReturnType<typeof opened>>;

/** `go`: what the user does after Enter. Resolves to what is opened with the next answer. */
async function openedAfter(go: (bench: Bench) => unknown): Promise<readonly string[]> {
  const bench = await opened('a', 'b');
  await bench.type('second');
  bench.box.enter();
  await go(bench);
  await bench.answer('c', 'd');
  return paths;
}

test('it opens the best hit of the answer', async () => {
  expect(await openedAfter(() => undefined)).toEqual(['/a/a.ts']);
});

test('what the panel draws meanwhile is no move of the user', async () => {
  const drawn = openedAfter(({ panel, box }) => {
    panel.draw();
    box.arrive();
  });
  expect(await drawn).toEqual(['/a/a.ts']);
});

test.each<[string, (bench: Bench) => unknown]>([
  ['who types on', ({ type }) => type('second and more')],
  ['who types on while the engine starts', ({ box }) => box.type('second and more')],
  ['who moves to another item', ({ box }) => box.moveTo(NOTE)],
  ['who chooses another scope', ({ panel }) => panel.setScope('file')],
  ['for whom another question is set', ({ panel }) => panel.setQuery('third')],
])('%s goes on in the box', async (_, go) => {
  expect(await openedAfter(go)).toEqual([]);
});

test('who leaves with Escape has nothing opened, though the index grows in that moment', async () => {
  const bench = await opened('a', 'b');
  // Long enough for the incomplete answer to be asked for anew.
  await vi.advanceTimersByTimeAsync(3000);
  bench.box.type('second');
  bench.box.enter();
  bench.box.hide();
  bench.changed();
  expect(bench.isAsking()).toBe(false);
  await bench.answer('c', 'd');
  await vi.advanceTimersByTimeAsync(100);
  expect(paths).toEqual([]);
});

test('a file that never opens keeps nobody from the next visit', async () => {
  const bench = await opened('a', 'b');
  window.showTextDocument = () => new Promise(() => undefined);
  bench.box.enter();
  const left = vi.fn();
  void bench.panel.leaving!.then(left);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(left).toHaveBeenCalled();
});
