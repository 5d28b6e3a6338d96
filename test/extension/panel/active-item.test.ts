/** Which item of the panel is the active one while answers come and the user moves. The editor and the engine are fakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { executed, TabInputText, uriOf, window, workspace } from '../fake-vscode.ts';
import { NOTE, open, opened } from './open-panel.ts';

beforeEach(() => {
  vi.useFakeTimers();
  executed.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

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

test('another part of the workspace starts at its best hit, wherever the user was in the one before', async () => {
  workspace.getWorkspaceFolder = () => ({ uri: uriOf('/a') });
  workspace.asRelativePath = () => 'a.ts';
  const tab = { input: new TabInputText(uriOf('/a/a.ts')), group: {} };
  window.tabGroups = { all: [], activeTabGroup: { activeTab: tab } };
  const { box, panel, answer } = await opened('a', 'b', 'c');
  box.moveTo('c');
  panel.setScope('file');
  box.arrive();
  await answer('b', 'c');
  expect(box.shownActive).toBe('b');
  panel.setScope('workspace');
  box.arrive();
  await answer('a', 'b', 'c');
  expect(box.shownActive).toBe('a');
});
