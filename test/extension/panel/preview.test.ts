/** What is put back when the user gives up: a diff as a diff; of a notebook nothing is opened anew; and what a visit leaves of tabs. The editor is a fake. */
import { beforeEach, expect, test, vi } from 'vitest';
import { Preview } from '../../../src/extension/panel/preview.ts';
import type { FolderHit } from '../../../src/service/merge.ts';
import { commands, TabInputText, TabInputTextDiff, uriOf, window } from '../fake-vscode.ts';

const MODIFIED = uriOf('/a/cart.go');
const ORIGINAL = uriOf('/a/cart.go.orig');
const hit = { folder: '/a', path: 'dates.py', startLine: 1, endLine: 2 } as FolderHit;
const tabGroups = { all: [] as unknown[], activeTabGroup: {}, close: vi.fn(async () => undefined) };
const group = { viewColumn: 2, tabs: [] as unknown[] };
const opened: unknown[] = [];

beforeEach(() => {
  opened.length = 0;
  group.tabs = [];
  tabGroups.all = [group];
  window.tabGroups = tabGroups;
  window.showTextDocument = async (uri: unknown) => {
    opened.push(uri);
    return editorOf(uri);
  };
  vi.spyOn(commands, 'executeCommand').mockImplementation(async (...command: unknown[]) => void opened.push(command));
});

const editorOf = (uri: unknown) => ({
  document: { uri },
  selections: ['where the user was'],
  visibleRanges: [],
  setDecorations: () => undefined,
  revealRange: () => undefined,
});

/** What is opened after Escape where the active tab holds `input`, and the editor in it the file. */
async function putBack(input: unknown, editor: unknown = editorOf(MODIFIED)): Promise<readonly unknown[]> {
  const tab = { input, label: 'cart.go (Working Tree)', isPreview: true, group };
  group.tabs = [tab];
  tabGroups.activeTabGroup = { activeTab: tab };
  window.activeTextEditor = editor;
  window.visibleTextEditors = [];
  const preview = new Preview();
  await preview.show(hit);
  const ours = { input: new TabInputText(opened[0]), label: 'dates.py', isPreview: true, group };
  group.tabs = [tab, ours];
  opened.length = 0;
  await preview.restore();
  expect(tabGroups.close).toHaveBeenLastCalledWith([ours], true);
  return opened;
}

test('a file', async () => {
  expect(await putBack(new TabInputText(MODIFIED))).toEqual([MODIFIED]);
});

test('a file that was still being opened, though it had a tab and no editor', async () => {
  expect(await putBack(new TabInputText(MODIFIED), null)).toEqual([MODIFIED]);
});

test('a diff, with its title and place, and not the file on one of its sides', async () => {
  const options = { preview: true, viewColumn: 2, preserveFocus: false };
  expect(await putBack(new TabInputTextDiff(ORIGINAL, MODIFIED))).toEqual([
    ['vscode.diff', ORIGINAL, MODIFIED, 'cart.go (Working Tree)', options],
  ]);
});

test('a notebook comes back by itself', async () => {
  expect(await putBack({ notebookType: 'jupyter' })).toEqual([]);
});

test("a file opens at the hit, but for those that were open: there the cursor is the user's", async () => {
  const tab = { input: new TabInputText(uriOf('/a/open.go')), label: 'open.go', group };
  group.tabs = [tab];
  const selections: unknown[] = [];
  window.showTextDocument = async (uri: unknown, { selection }: { selection?: unknown }) => {
    selections.push(`${uri} ${selection === undefined ? 'as it was' : 'at the hit'}`);
    return editorOf(uri);
  };
  const preview = new Preview();
  for (const path of ['open.go', 'one.go']) await preview.show({ ...hit, path });
  expect(selections).toEqual(['/a/open.go as it was', '/a/one.go at the hit']);
});

/** With `workbench.editor.enablePreview` off each hit has a lasting tab. Those that are left after `end`, by file. */
async function left(end: (preview: Preview) => Promise<void>): Promise<readonly unknown[]> {
  const tabOf = (path: string) => ({
    input: new TabInputText(uriOf(`/a/${path}`)),
    label: path,
    isPreview: false,
    get isActive() {
      return this === active;
    },
    group,
  });
  let active: ReturnType<typeof tabOf> | undefined;
  group.tabs = [tabOf('open.go')];
  tabGroups.activeTabGroup = {};
  window.showTextDocument = async (uri: unknown) => {
    const path = String(uri).slice('/a/'.length);
    active = (group.tabs as ReturnType<typeof tabOf>[]).find(({ label }) => label === path);
    active ??= tabOf(path);
    if (!group.tabs.includes(active)) group.tabs.push(active);
    return editorOf(uri);
  };
  tabGroups.close.mockImplementation(async (...[closed]: unknown[]) => {
    group.tabs = group.tabs.filter((tab) => !(closed as unknown[]).includes(tab));
  });
  const preview = new Preview();
  for (const path of ['open.go', 'one.go', 'two.go']) await preview.show({ ...hit, path });
  await end(preview);
  return group.tabs.map((tab) => (tab as ReturnType<typeof tabOf>).label);
}

test('Escape leaves no tab of a hit, whatever the editor makes of previews', async () => {
  expect(await left((preview) => preview.restore())).toEqual(['open.go']);
});

test('Enter leaves the tab of the hit that it opens, and those that were there', async () => {
  expect(await left((preview) => preview.open({ ...hit, path: 'one.go' }))).toEqual(['open.go', 'one.go']);
  expect(await left((preview) => preview.open({ ...hit, path: 'open.go' }))).toEqual(['open.go']);
});

test('a click into a hit leaves its tab', async () => {
  expect(await left((preview) => preview.settle())).toEqual(['open.go', 'two.go']);
});
