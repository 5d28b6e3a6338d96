/** When the index view is drawn anew. The editor is a fake. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import { IndexView } from '../../src/extension/views/index-view.ts';
import type { ServiceClient } from '../../src/service/client.ts';
import { EventEmitter, window } from './fake-vscode.ts';

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
