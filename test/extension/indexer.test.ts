/** Which folders the indexer has opened, and how: by folders that come and go, settings and trust. The editor is a fake. */
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import { Indexer } from '../../src/extension/indexer.ts';
import type { ServiceClient } from '../../src/service/client.ts';
import { configuration, fire, uriOf, workspace } from './fake-vscode.ts';

/** What the client tells of its folders, and how it tells that something has changed. */
let states: readonly object[] = [];
let tellChange = (): void => undefined;

beforeEach(() => {
  configuration.clear();
  states = [];
});

function started(...folders: readonly string[]): string[] {
  const told: string[] = [];
  const client = {
    get folders() {
      return states;
    },
    onDidChange: (listener: () => void) => {
      tellChange = listener;
      return { dispose: () => undefined };
    },
    openFolder: ({ folder, model, quality }: EngineOptions) => told.push(`open ${folder} ${model || 'own'} ${quality}`),
    closeFolder: (folder: string) => told.push(`close ${folder}`),
    update: (folder: string) => told.push(`update ${folder}`),
  };
  const context = {
    extensionPath: '/kenning',
    globalStorageUri: uriOf('/storage'),
    globalState: { get: (_: string, fallback: unknown) => fallback },
  };
  show(...folders);
  indexer = new Indexer(context as unknown as vscode.ExtensionContext, client as unknown as ServiceClient);
  onTestFinished(() => indexer.dispose());
  indexer.sync();
  return told;
}

let indexer: Indexer;

function show(...folders: readonly string[]): void {
  workspace.workspaceFolders = folders.map((path) => ({ uri: path.includes(':') ? { scheme: 'web' } : uriOf(path) }));
}

const since = (told: string[], work: () => void): string[] => {
  const before = told.length;
  work();
  return told.slice(before);
};

test('every folder on a disk is opened and indexed, a virtual one is not', () => {
  expect(started('/a', 'web:b')).toEqual(['open /a own fast', 'update /a']);
});

test('a folder that comes is opened, one that goes is closed, and those that stay are only looked at again', () => {
  const told = started('/a', '/b');
  expect(
    since(told, () => {
      show('/b', '/c');
      fire('onDidChangeWorkspaceFolders');
    }),
  ).toEqual(['close /a', 'update /b', 'open /c own fast', 'update /c']);
});

test('the model that a workspace names counts from when it is trusted on, without a reload', () => {
  const told = started('/a');
  expect(
    since(told, () => {
      // Until then the editor keeps the value back.
      configuration.set('kenning.model', './model');
      fire('onDidGrantWorkspaceTrust');
    }),
  ).toEqual(['open /a ./model fast', 'update /a']);
});

test.each([
  ['kenning.quality', 'balanced', ['open /a own balanced', 'update /a']],
  ['kenning.autoIndex', false, []],
  ['files.exclude', { '**/sea': true }, ['open /a own fast', 'update /a']],
  ['editor.fontSize', 20, []],
])('a change of %s', (name, value, expected) => {
  const told = started('/a');
  expect(
    since(told, () => {
      configuration.set(name, value);
      fire('onDidChangeConfiguration', { affectsConfiguration: (asked: string) => asked === name });
    }),
  ).toEqual(expected);
});

test('a folder that could not be opened is opened anew when it is to be brought up to date, the others are not', () => {
  const told = started('/a', '/b');
  states = [
    { folder: '/a', activity: 'failed', error: { code: 'folder-not-found' } },
    { folder: '/b', activity: 'idle', error: null },
  ];
  const opened = ['open /a own fast', 'update /a', 'update /b'];
  expect(since(told, () => indexer.update())).toEqual(opened);
  expect(since(told, () => fire('onDidChangeWorkspaceFolders'))).toEqual(opened);
});

test('of indexes that were locked half a minute ago, those that still are are tried again', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const told = started('/a', '/b');
  const locked = (folder: string) => ({ folder, activity: 'idle', error: { code: 'index-locked' } });
  states = [locked('/a'), locked('/b')];
  tellChange();
  // Deleted meanwhile, say: its index would come back.
  states = [{ folder: '/a', activity: 'idle', error: null }, locked('/b')];
  expect(since(told, () => vi.advanceTimersByTime(30_000))).toEqual(['update /b']);
});
