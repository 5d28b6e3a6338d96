/** The panel beside a fake editor and a fake engine, which answers when a test has it answer. */
import { expect, vi } from 'vitest';
import type { PanelHost } from '../../../src/extension/panel/host.ts';
import { SearchPanel } from '../../../src/extension/panel/panel.ts';
import { QueryHistory } from '../../../src/extension/panel/query-history.ts';
import type { WindowState } from '../../../src/extension/window-state.ts';
import type { FolderHit } from '../../../src/service/merge.ts';
import { window, workspace } from '../fake-vscode.ts';
import { FakeQuickPick } from './fake-quick-pick.ts';

/** Stands below the hits. */
export const NOTE = 'The index does not cover the whole folder';
const PARTIAL: WindowState = { kind: 'partial', functions: 5, error: null };

/** One called `far…` has no word of the question in it. */
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
  why: { lexical: name.startsWith('far') ? 0 : 1, boosts: {} },
});

/** The panel, open with a question that is not answered yet. Timers are to be fake ones. */
export function open(lastQuery: string, remembered: readonly string[] = []) {
  let recent = remembered;
  const box = new FakeQuickPick();
  workspace.isTrusted = true;
  window.createQuickPick = () => box;
  const pending: ((names: readonly string[]) => void)[] = [];
  const answerTo = (query: string) =>
    new Promise((resolve) => {
      const answer = { query, functions: 5, complete: false, mayImprove: false, problems: [] };
      pending.push((found) => resolve({ ...answer, hits: found.map(hit) }));
    });
  /** The index has changed, say. */
  let tellChange = (): void => undefined;
  const client = {
    folders: [],
    onDidChange: (listener: () => void) => {
      tellChange = listener;
      return {
        dispose: () => {
          tellChange = () => undefined;
        },
      };
    },
    cancelSearch: () => undefined,
    search: ({ query }: { query: string }) => answerTo(query),
    similar: () => answerTo(''),
  };
  const storage = {
    get: () => recent,
    update: async (_: string, value: readonly string[]) => {
      recent = value;
    },
  };
  const log = { warn: () => undefined, error: (error: Error) => expect.unreachable(error.message) };
  const host = {
    client,
    log,
    history: new QueryHistory(storage as never),
    near: { open: [], recent: [] },
    lastQuery,
    scope: 'workspace',
    state: (): WindowState => PARTIAL,
    onAnswer: () => undefined,
    onArrival: () => undefined,
    showInSideBar: async (_: FolderHit | undefined): Promise<void> => undefined,
  };
  const panel = new SearchPanel(host as unknown as PanelHost, () => undefined);
  /** The panel draws the answer to the last question; the window does not have it yet. */
  const draw = async (...found: readonly string[]): Promise<void> => {
    pending.pop()?.(found);
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
  const isAsking = (): boolean => pending.length > 0;
  return { box, host, panel, type, draw, answer, isAsking, changed: () => tellChange() };
}

/** With its first answer. */
export async function opened(...names: readonly string[]) {
  const bench = open('first');
  await bench.answer(...names);
  return bench;
}
