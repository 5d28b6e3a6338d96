/** The side bar: what it knows of an answer besides its hits, and what its commands do. The editor is a fake. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { alsoHits } from '../../src/extension/hit-identity.ts';
import { openedHits } from '../../src/extension/opened-hits.ts';
import { VIEW_COMMANDS } from '../../src/extension/views/commands.ts';
import { focusedNodes } from '../../src/extension/views/focused.ts';
import { inTurn } from '../../src/extension/views/in-turn.ts';
import { PinnedView } from '../../src/extension/views/pinned-view.ts';
import type { ResultNode } from '../../src/extension/views/result-tree.ts';
import { ResultsView } from '../../src/extension/views/results-view.ts';
import type { KenningWindow } from '../../src/extension/window.ts';
import type { FolderHit, WorkspaceAnswer } from '../../src/service/merge.ts';
import type { WorkspaceRequest } from '../../src/service/workspace-request.ts';
import { commands, window, workspace } from './fake-vscode.ts';

const FILE = { folder: '/a', file: 'src/x.ts' };
const FOLDER = { folder: '/a' };

const hit: FolderHit = {
  folder: '/a',
  path: 'src/x.ts',
  startLine: 1,
  endLine: 2,
  name: 'f',
  kind: 'function',
  language: 'typescript',
  score: 1,
  preview: '',
  why: { semantic: 1, lexical: 1, words: [], boosts: {} },
};
const answer: WorkspaceAnswer = {
  query: 'q',
  hits: [hit],
  functions: 1,
  complete: true,
  mayImprove: false,
  problems: [],
};

let results: ResultsView;
beforeEach(() => {
  window.createTreeView = () => ({ onDidChangeSelection: () => undefined });
  window.withProgress = (_: unknown, work: () => unknown) => work();
  workspace.workspaceFolders = [{ uri: { scheme: 'file', fsPath: '/a' }, name: 'A' }];
  results = new ResultsView({ get: (_: string, fallback: unknown) => fallback } as never);
});

test('search again looks in the part that was searched', async () => {
  const requests: WorkspaceRequest[] = [];
  const client = {
    folders: [{ folder: '/a' }],
    search: async (request: WorkspaceRequest) => {
      requests.push(request);
      return answer;
    },
  };
  const state = () => ({ kind: 'ready' });
  const kenning = { client, results, state, workingSet: { near: () => ({}) } } as unknown as KenningWindow;
  for (const within of [FILE, undefined]) {
    results.show(answer, { within });
    await VIEW_COMMANDS['kenning.refreshResults']!(kenning);
    expect(results.within).toEqual(within);
  }
  expect(requests.map(({ within }) => within)).toEqual([FILE, undefined]);
});

test('the heading names the part, above the list and in the clipboard', () => {
  results.show(answer, { within: FILE });
  expect(results.title()).toMatch(/, only in /);
  expect(results.view.message).toMatch(/, only in /);
  results.show(answer);
  expect(results.title()).not.toMatch(/only in/);
  expect(results.view.message).not.toMatch(/only in/);
});

test('what was dismissed stays so while the same part is searched', () => {
  const left = (within?: typeof FOLDER): number => {
    results.show(answer, { within });
    return results.hits.length;
  };
  for (const within of [FILE, FOLDER, undefined]) {
    expect(left(within)).toBe(1);
    void results.dismiss([hit]);
    expect(left(within)).toBe(0);
  }
});

test('an empty list tells what was dismissed from what was never found', async () => {
  const said = vi.spyOn(commands, 'executeCommand');
  const hasDismissed = (): unknown =>
    said.mock.calls.map((call: unknown[]) => call).findLast(([, key]) => key === 'kenning.hasDismissed')?.[2];
  results.show({ ...answer, hits: [] });
  expect(hasDismissed()).toBe(false);
  results.show(answer);
  await results.dismiss([hit]);
  expect(hasDismissed()).toBe(true);
  said.mockRestore();
});

describe('the focus, when something is dismissed, goes to', () => {
  const at = (path: string, startLine: number): FolderHit => ({ ...hit, path, startLine, endLine: startLine });
  const [first, second, third] = [at('a.ts', 1), at('a.ts', 2), at('b.ts', 1)];
  const twice = { ...third, also: [2, 3].map((startLine) => ({ path: 'b.ts', name: 'f', startLine, endLine: 4 })) };
  const [copy, other] = alsoHits(twice);

  test.each<[string, readonly ResultNode[], string | undefined]>([
    ['the next one', [first], 'a.ts:2'],
    ['the one before the last', [second], 'a.ts:1'],
    ['what is left of several', [second, first], 'b.ts'],
    ['the file before the last', [twice], 'a.ts'],
    ['the next copy', [copy!], 'b.ts:3'],
    ['what the only copy lies under', [copy!, other!], 'b.ts:1'],
    ['nothing when nothing is left', [first, second, twice], undefined],
  ])('%s', async (_, nodes, expected) => {
    results.show({ ...answer, hits: [first, second, twice] });
    const focused: ResultNode[] = [];
    Object.assign(results.view, { visible: true, reveal: async (node: ResultNode) => void focused.push(node) });
    await results.dismiss(nodes);
    expect(focused.map((node) => ('hits' in node ? node.path : `${node.path}:${node.startLine}`))[0]).toBe(expected);
    expect(focused.length).toBe(expected ? 1 : 0);
  });

  test('the next pinned search, when one is unpinned', async () => {
    const kept = new Map<string, unknown>([['kenning.pinnedSearches', ['a', 'b', 'c']]]);
    const memento = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => kept.set(key, value),
    };
    const pinned = new PinnedView(memento as never, results);
    const focused: string[] = [];
    Object.assign(pinned.view, { visible: true, reveal: async (query: string) => void focused.push(query) });
    for (const query of ['b', 'c', 'a']) await pinned.unpin([query]);
    expect(focused).toEqual(['c', 'a']);
  });
});

test('who is asked by a key what has the focus opens nothing, and a click does', async () => {
  let select = (_: { selection: readonly FolderHit[] }): void => undefined;
  window.createTreeView = () => ({
    selection: [],
    onDidChangeSelection: (listener: typeof select) => {
      select = listener;
    },
  });
  const { view } = new ResultsView({ get: (_: string, fallback: unknown) => fallback } as never);
  const opened = vi.spyOn(openedHits, 'fire');
  const toggled = vi.spyOn(commands, 'executeCommand').mockImplementation(async () => {
    const selection = view.selection.length === 0 ? [hit] : [];
    Object.assign(view, { selection });
    select({ selection });
  });
  expect(await focusedNodes(view)).toEqual([hit]);
  expect(opened).not.toHaveBeenCalled();
  toggled.mockRestore();
  select({ selection: [hit] });
  expect(opened).toHaveBeenCalledWith(hit);
});

test('a key that is held down dismisses one after the other, however long the focus takes', async () => {
  const done: string[] = [];
  const turn = inTurn(async (name: string) => {
    if (name === 'broken') throw new Error(name);
    await new Promise((resolve) => setTimeout(resolve, name === 'slow' ? 10 : 0));
    done.push(name);
  });
  const all = await Promise.allSettled(['slow', 'broken', 'quick'].map(turn));
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(done).toEqual(['slow', 'quick']);
});

test('of overloads that stand on one line, one is listed below their hit: a tree takes each id once', () => {
  const also = [1, 1, 1, 3].map((startLine) => ({ path: 'src/x.ts', name: 'f', startLine, endLine: startLine }));
  const lines = results.getChildren({ ...hit, also }).map((node) => 'startLine' in node && node.startLine);
  expect(lines).toEqual([1, 3]);
});

test('all results are opened, whichever file is gone, and that is told', async () => {
  results.show({ ...answer, hits: ['a', 'gone', 'b'].map((path) => ({ ...hit, path })) });
  const opened: string[] = [];
  window.showTextDocument = async ({ fsPath }: { fsPath: string }) => {
    if (fsPath.endsWith('gone')) throw new Error('no such file');
    opened.push(fsPath);
  };
  const opening = VIEW_COMMANDS['kenning.openAllResults']!({ results } as unknown as KenningWindow);
  await expect(opening).rejects.toThrow('no such file');
  expect(opened).toEqual(['/a/a', '/a/b']);
});

test('who wants to look for changes now does not wait for the end of a pause', () => {
  const told: unknown[] = [];
  const client = { setPaused: (paused: boolean) => told.push(`paused ${paused}`) };
  const indexer = { update: (folder?: string) => told.push(`update ${folder}`) };
  const kenning = { client, indexer, state: () => ({ kind: 'paused' }) } as unknown as KenningWindow;
  VIEW_COMMANDS['kenning.updateIndex']!(kenning);
  expect(told).toEqual(['paused false', 'update undefined']);
});
