/** What is put back when the user gives up: a diff as a diff; of a notebook nothing is opened anew. The editor is a fake. */
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
async function putBack(input: unknown): Promise<readonly unknown[]> {
  const tab = { input, label: 'cart.go (Working Tree)', isPreview: true, group };
  group.tabs = [tab];
  tabGroups.activeTabGroup = { activeTab: tab };
  window.activeTextEditor = editorOf(MODIFIED);
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

test('a diff, with its title and place, and not the file on one of its sides', async () => {
  const options = { preview: true, viewColumn: 2 };
  expect(await putBack(new TabInputTextDiff(ORIGINAL, MODIFIED))).toEqual([
    ['vscode.diff', ORIGINAL, MODIFIED, 'cart.go (Working Tree)', options],
  ]);
});

test('a notebook comes back by itself', async () => {
  expect(await putBack({ notebookType: 'jupyter' })).toEqual([]);
});
