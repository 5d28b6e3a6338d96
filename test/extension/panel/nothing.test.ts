/** What stands there when nothing is found, and where Enter on it leads. The editor and the engine are fakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WindowState } from '../../../src/extension/window-state.ts';
import { executed, window } from '../fake-vscode.ts';
import { open } from './open-panel.ts';

const INDEXING: WindowState = { kind: 'indexing', functions: 5, done: 1, total: 2 };

beforeEach(() => {
  vi.useFakeTimers();
  executed.length = 0;
  window.showTextDocument = () => new Promise(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
});

test('operators alone ask for the words that are to follow, and Enter takes none of them away', async () => {
  const { box, answer, isAsking } = open('lang:python -tests ');
  await answer();
  expect(box.shownActive).toBe('Now describe the code you are after');
  executed.length = 0;
  box.enter();
  expect([box.value, isAsking(), executed]).toEqual(['lang:python -tests ', false, []]);
});

test.each(['zzqq lang:python', '"zzqq"'])('%s: a search without the filters is offered', async (question) => {
  const { box, answer } = open(question);
  await answer();
  expect(box.shownActive).toBe('Nothing found within these filters');
  box.enter();
  expect(executed).toContain('kenning._dropFilters');
});

test('no duplicates: Enter lists similar code, with a way back', async () => {
  const { box, panel, answer, isAsking } = open('first');
  panel.setOrigin({ label: 'f', code: 'f()', only: 'duplicates' });
  await answer();
  expect(box.shownActive).toBe('No duplicates found');
  box.enter();
  expect(box.title).toBe('Kenning: Similar to {0}');
  expect(isAsking()).toBe(true);
  await answer();
  expect(box.shownActive).toBe('No other code is like it');
});

test('while the index grows nothing is said to be found nowhere, and it is asked again soon', async () => {
  const { box, host, answer, changed, isAsking } = open('first');
  host.state = () => INDEXING;
  await answer();
  expect(box.items.map(({ label }) => label)).not.toContain('Nothing found');
  await vi.advanceTimersByTimeAsync(300);
  changed();
  expect(isAsking()).toBe(true);
  await answer('a');
  await vi.advanceTimersByTimeAsync(300);
  changed();
  expect(isAsking()).toBe(false);
});

test('where no word of the question occurs the list says so, and the question is remembered by an opened hit alone', async () => {
  const heading = 'No word of it occurs; nearest in meaning';
  const { box, host, type, answer } = open('first');
  await answer('far a', 'far b');
  expect(box.items[0]!.label).toBe(heading);
  await vi.advanceTimersByTimeAsync(5000);
  await type('second');
  await answer('far a', 'b');
  expect(box.items.map(({ label }) => label)).not.toContain(heading);
  await vi.advanceTimersByTimeAsync(5000);
  await type('third');
  await answer('far a');
  expect(host.history.queries).toEqual(['second']);
  box.enter();
  expect(host.history.queries).toEqual(['third', 'second']);
});
