/** Which item of the panel is the active one while answers come and the user moves. The editor and the engine are fakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PanelHost } from '../../../src/extension/panel/host.ts';
import { SearchPanel } from '../../../src/extension/panel/panel.ts';
import { QueryHistory } from '../../../src/extension/panel/query-history.ts';
import type { WindowState } from '../../../src/extension/window-state.ts';
import { executed, window, workspace } from '../fake-vscode.ts';
import { FakeQuickPick } from './fake-quick-pick.ts';

const NOTE = 'The index does not cover the whole folder';
const PARTIAL: WindowState = { kind: 'partial', functions: 5, error: null };

beforeEach(() => {
  vi.useFakeTimers();
  workspace.isTrusted = true;
  executed.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

const hit = (name: string) => ({
  name,
  folder: '/a',
  path: 'a.ts',
  startLine: 1,
  endLine: 2,
  language: 'typescript',
  kind: 'function',
  preview: '',
  score: 1,
  why: { boosts: {} },
});

/** The panel, open with a question that is not answered yet. */
function open(lastQuery: string, recent: readonly string[] = []) {
  const box = new FakeQuickPick();
  window.createQuickPick = () => box;
  const pending: ((names: readonly string[]) => void)[] = [];
  const client = {
    folders: [],
    onDidChange: () => ({ dispose: () => undefined }),
    cancelSearch: () => undefined,
    search: ({ query }: { query: string }) =>
      new Promise((resolve) => {
        const answer = { query, functions: 5, complete: false, mayImprove: false, problems: [] };
        pending.push((found) => resolve({ ...answer, hits: found.map(hit) }));
      }),
  };
  const storage = { get: () => recent, update: async () => undefined };
  const log = { warn: () => undefined, error: (error: Error) => expect.unreachable(error.message) };
  const host = {
    client,
    log,
    history: new QueryHistory(storage as never),
    near: { open: [], recent: [] },
    lastQuery,
    scope: 'workspace',
    state: () => PARTIAL,
    onAnswer: () => undefined,
    onArrival: () => undefined,
  };
  const panel = new SearchPanel(host as unknown as PanelHost, () => undefined);
  /** The panel draws the answer to the last question; the window does not have it yet. */
  const draw = async (...found: readonly string[]): Promise<void> => {
    pending.pop()!(found);
    await vi.advanceTimersByTimeAsync(0);
  };
  const answer = async (...found: readonly string[]): Promise<void> => {
    await draw(...found);
    box.arrive();
  };
  /** Until the question is asked. */
  const type = async (text: string): Promise<void> => {
    box.type(text);
    await vi.advanceTimersByTimeAsync(100);
    box.arrive();
  };
  panel.show();
  return { box, panel, type, draw, answer };
}

/** With its first answer; `NOTE` stands below the hits. */
async function opened(...names: readonly string[]) {
  const bench = open('first');
  await bench.answer(...names);
  return bench;
}

test('a note that the user has moved to stays active when the answer comes, and Enter does what it says', async () => {
  const { box, panel, type, answer } = await opened('a', 'b');
  await type('second');
  box.moveTo(NOTE);
  await answer('c', 'd');
  expect(box.shownActive).toBe(NOTE);
  panel.draw();
  box.arrive();
  expect(box.shownActive).toBe(NOTE);
  box.enter();
  expect(executed).toContain('kenning.updateIndex');
});

test('a hit that the user has moved to stays active where the answer has it, else the best one is', async () => {
  const { box, type, answer } = await opened('a', 'b');
  await type('second');
  box.moveTo('b');
  await answer('c', 'b');
  expect(box.shownActive).toBe('b');
  await type('third');
  box.moveTo('b');
  await answer('d', 'e');
  expect(box.shownActive).toBe('d');
});

test('what is typed after a move leads to the best hit', async () => {
  const { box, type, draw, answer } = await opened('a', 'b');
  await type('second');
  box.moveTo(NOTE);
  await type('second one');
  await answer('c', 'd');
  expect(box.shownActive).toBe('c');
  await type('third');
  box.moveTo(NOTE);
  await draw('e', 'f');
  // Typed before the list that keeps the note has reached the window.
  await type('third one');
  await answer('g', 'h');
  expect(box.shownActive).toBe('g');
});

test('who goes back to the note after typing stays there again', async () => {
  const { box, type, answer } = await opened('a', 'b');
  await type('second');
  box.moveTo(NOTE);
  await answer('c', 'd');
  await type('third');
  box.moveTo(NOTE);
  await answer('e', 'f');
  expect(box.shownActive).toBe(NOTE);
});

test('a move right after the box has opened counts', async () => {
  const { box, panel } = open('', ['one', 'two']);
  box.moveTo('two');
  panel.draw();
  box.arrive();
  expect(box.shownActive).toBe('two');
});

test('who has come back to the best hit gets the next best hit', async () => {
  const { box, type, answer } = await opened('a', 'b');
  await type('second');
  box.moveTo(NOTE);
  box.moveTo('a');
  await answer('c', 'a');
  expect(box.shownActive).toBe('c');
});

test('a note on top, where the editor begins by itself, is no place of the user', async () => {
  const { box, type, answer } = await opened('a', 'b');
  await type('lang:klingon second');
  await answer('c', 'd');
  expect(box.items.map(({ label }) => label)).toContain('Kenning knows no language “{0}”');
  expect(box.shownActive).toBe('c');
  await type('lang:klingon second one');
  await answer('d', 'c');
  expect(box.shownActive).toBe('d');
});

test('a completion that the user has moved to stays active when the answer comes', async () => {
  const { box, type, answer } = await opened('a', 'b');
  await type('second kind:c');
  expect(box.shownActive).toBe('kind:constructor');
  box.moveTo('kind:class');
  await answer('c', 'd');
  expect(box.shownActive).toBe('kind:class');
});

test('what the editor tells late of the list before moves nothing in the new one', async () => {
  const { box, panel, type, draw } = await opened('a', 'b');
  await type('second');
  await draw('c', 'd');
  box.moveTo('b');
  panel.draw();
  box.arrive();
  expect(box.shownActive).toBe('c');
});

test('a question that is set, not typed, starts at its best hit', async () => {
  const { box, panel, answer } = await opened('a', 'b');
  box.moveTo('b');
  panel.setQuery('second');
  box.arrive();
  await answer('c', 'b');
  expect(box.shownActive).toBe('c');
});
