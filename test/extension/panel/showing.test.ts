/** What the editor shows and when: hits, and what was there before, put back while the box has the keys. The editor and the engine are fakes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TabInputText, uriOf, window } from '../fake-vscode.ts';
import { opened } from './open-panel.ts';

const ORIGIN = uriOf('/a/origin.ts');
/** In the order in which it happened. */
const events: unknown[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  events.length = 0;
  window.activeTextEditor = editorOf(ORIGIN);
  const group = { viewColumn: 1 };
  const tab = { input: new TabInputText(ORIGIN), label: 'origin.ts', isPreview: false, group };
  window.tabGroups = { all: [{ ...group, tabs: [tab] }], activeTabGroup: { activeTab: tab } };
  window.showTextDocument = async (uri: { path: string }, { preserveFocus = false }) => {
    events.push(`${uri.path}${preserveFocus ? '' : ' has the keys'}`);
    return editorOf(uri);
  };
});
afterEach(() => {
  vi.useRealTimers();
  window.activeTextEditor = undefined;
  window.tabGroups = { all: [], activeTabGroup: {} };
});

const editorOf = (uri: unknown) => ({
  document: { uri },
  selections: [],
  visibleRanges: [],
  setDecorations: () => undefined,
  revealRange: () => undefined,
});

/** With its best hit shown in the editor. */
async function previewing() {
  const bench = await opened('a', 'b');
  await vi.advanceTimersByTimeAsync(500);
  expect(events).toEqual(['/a/a.ts']);
  events.length = 0;
  const hide = bench.box.hide.bind(bench.box);
  bench.box.hide = () => {
    events.push('the box goes');
    hide();
  };
  return bench;
}

test('the file the user came from is there before the box goes', async () => {
  const { panel } = await previewing();
  await panel.leave();
  expect(events).toEqual(['/a/origin.ts', 'the box goes']);
});

test('the side bar gets the keys from the box, not from the editor', async () => {
  const { host, panel } = await previewing();
  host.showInSideBar = async (hit) => void events.push(`the side bar has the keys on ${hit?.name}`);
  await panel.sendToSideBar();
  expect(events).toEqual(['/a/origin.ts', 'the side bar has the keys on a', 'the box goes']);
});

test('what is pressed while the editor is put back leads nowhere', async () => {
  const { box, panel, isAsking } = await previewing();
  const left = panel.leave();
  box.moveTo('b');
  box.type('third');
  box.enter();
  await left;
  await vi.advanceTimersByTimeAsync(500);
  expect([events, isAsking()]).toEqual([['/a/origin.ts', 'the box goes'], false]);
});

test('an editor that does not come back keeps nobody in the box', async () => {
  const { panel } = await previewing();
  window.showTextDocument = () => new Promise(() => undefined);
  void panel.leave();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(events).toEqual(['the box goes']);
});

test('a box that goes by itself leaves a moment for the click that may have sent it away', async () => {
  const { box, panel } = await previewing();
  box.hide();
  await vi.advanceTimersByTimeAsync(50);
  expect(events).toEqual(['the box goes']);
  await vi.advanceTimersByTimeAsync(50);
  await panel.leaving;
  expect(events).toEqual(['the box goes', '/a/origin.ts has the keys']);
});

test('a hit that an answer brings is shown once the keys rest, one that the user moves to at once', async () => {
  const { box } = await opened('a', 'b');
  await vi.advanceTimersByTimeAsync(200);
  expect(events).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(events).toHaveLength(1);
  box.moveTo('b');
  await vi.advanceTimersByTimeAsync(100);
  expect(events).toHaveLength(2);
});
