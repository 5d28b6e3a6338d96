/**
 * What the manifest's conditions ask for is said anew by each window that starts: the editor keeps what an extension host has
 * said when that is restarted, after an update of the extension or a crash. The editor is a fake.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { KenningWindow } from '../../src/extension/window.ts';
import { commands, uriOf, window } from './fake-vscode.ts';

const manifest = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
/** But for the names of views, which stand behind an operator. */
const KEYS = /(?:"when": "|&& |\|\| |!)!*(kenning\.\w+)/g;

test('a window says them all', () => {
  const said = new Set<unknown>();
  vi.spyOn(commands, 'executeCommand').mockImplementation(async (...[name, key]: unknown[]) => {
    if (name === 'setContext') said.add(key);
  });
  window.createTreeView = () => ({ onDidChangeSelection: () => undefined });
  window.createStatusBarItem = () => ({ hide: () => undefined });
  const memento = { get: (_: string, fallback: unknown) => fallback };
  const context = {
    extensionPath: '/kenning',
    globalStorageUri: uriOf('/storage'),
    globalState: memento,
    workspaceState: memento,
    subscriptions: [],
  };
  new KenningWindow(context as unknown as vscode.ExtensionContext, {} as vscode.LogOutputChannel);
  const asked = new Set([...manifest.matchAll(KEYS)].map(([, key]) => key));
  expect(asked.size).toBeGreaterThan(6);
  expect([...said].sort()).toEqual([...asked].sort());
});
