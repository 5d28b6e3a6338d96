/** When the index view is drawn anew. The editor is a fake. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import { IndexView } from '../../src/extension/views/index-view.ts';
import type { ServiceClient } from '../../src/service/client.ts';
import { EventEmitter, window } from './fake-vscode.ts';

const IDLE = { folder: '/b', activity: 'idle', progress: null, status: null, report: null, error: null } as const;

test('another error of the same kind is shown in place of the one before', () => {
  vi.useFakeTimers();
  const drawn = vi.spyOn(EventEmitter.prototype, 'fire');
  window.createTreeView = () => ({ dispose: () => undefined });
  let tell = (): void => undefined;
  const client = {
    paused: false,
    folders: [] as unknown[],
    onDidChange: (listener: () => void) => {
      tell = listener;
      return { dispose: () => undefined };
    },
  };
  const view = new IndexView(client as unknown as ServiceClient);
  onTestFinished(() => {
    view.dispose();
    vi.useRealTimers();
  });
  const draws = (sentence: string): number => {
    const before = drawn.mock.calls.length;
    client.folders = [{ folder: '/a', activity: 'failed', error: new KenningError('model-unusable', sentence) }];
    tell();
    vi.advanceTimersByTime(1000);
    return drawn.mock.calls.length - before;
  };
  const sentences = ['"one" names no model', '"one" names no model', '"two" names no model'];
  expect(sentences.map(draws)).toEqual([1, 0, 1]);
});

test('of two folders, the one that is being indexed offers a pause', () => {
  window.createTreeView = () => ({ dispose: () => undefined });
  const folders = (['updating', 'refining', 'idle', 'opening'] as const).map((activity) => ({ ...IDLE, activity }));
  const client = { paused: false, folders, onDidChange: () => ({ dispose: () => undefined }) };
  const view = new IndexView(client as unknown as ServiceClient);
  const contexts = view.getChildren().map((node) => view.getTreeItem(node).contextValue);
  expect(contexts).toEqual(['folder.working', 'folder.working', 'folder.still', 'folder']);
  view.dispose();
});

test('a folder that is indexed tells its share; the status bar, which is drawn at once, counts the files', () => {
  window.createTreeView = () => ({ dispose: () => undefined });
  const progress = { phase: 'index', done: 81, total: 177, functions: 2226 };
  const folders = [{ ...IDLE, activity: 'updating', progress }];
  const client = { paused: false, folders, onDidChange: () => ({ dispose: () => undefined }) };
  const view = new IndexView(client as unknown as ServiceClient);
  expect(view.getTreeItem(view.getChildren()[0]!).description).toBe('indexing · {0} %');
  view.dispose();
});
