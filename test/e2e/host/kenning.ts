/** The extension under test and the few moves that its suites share. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { CompletionItem, HitItem, NoticeItem, RecentItem } from '../../../src/extension/panel/items.ts';
import type { SearchPanel } from '../../../src/extension/panel/panel.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';

const LIMIT_MS = 15_000;

export async function kenning(): Promise<KenningWindow> {
  const extension = vscode.extensions.getExtension<KenningWindow>('kenning.kenning');
  assert.ok(extension, 'the extension is installed');
  const window = await extension.activate();
  assert.ok(window, 'activation succeeded');
  return window;
}

/** Polls, for what the editor tells by no event. */
export async function until(condition: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  const giveUpAtMs = Date.now() + LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > giveUpAtMs) throw new Error(`never: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function untilState(window: KenningWindow, ...kinds: readonly string[]): Promise<void> {
  const told = (): string => `${kinds.join('|')}, but ${JSON.stringify([window.state(), window.client.folders])}`;
  await until(() => kinds.includes(window.state().kind), told);
}

/** Opens the panel with a question and waits for hits or notices about it. */
export async function ask(window: KenningWindow, question: string): Promise<SearchPanel> {
  await vscode.commands.executeCommand('kenning.search', question);
  const panel = window.panel!;
  await until(
    () => panel.quickPick.value === question && !panel.quickPick.busy && panel.quickPick.items.length > 0,
    () => `an answer to ${question}`,
  );
  return panel;
}

/** Resolves when the box on the screen holds `value`, which a key that is pressed then meets. Call it before it is set. */
export const onScreen = ({ quickPick }: SearchPanel, value: string): Promise<void> =>
  new Promise((resolve) => {
    const listener = quickPick.onDidChangeValue((shown) => {
      if (shown !== value) return;
      listener.dispose();
      resolve();
    });
  });

export const hitsOf = (panel: SearchPanel): HitItem[] =>
  panel.quickPick.items.filter((item): item is HitItem => 'hit' in item);
export const noticesOf = (panel: SearchPanel): NoticeItem[] =>
  panel.quickPick.items.filter((item): item is NoticeItem => 'command' in item);

export const recentOf = (panel: SearchPanel): string[] =>
  panel.quickPick.items.filter((item): item is RecentItem => 'recent' in item).map(({ recent }) => recent);
export const completionsOf = (panel: SearchPanel): string[] =>
  panel.quickPick.items.filter((item): item is CompletionItem => 'completion' in item).map(({ label }) => label);
/** Headings with the number of items below each. */
export function groupsIn(panel: SearchPanel): [string, number][] {
  const groups: [string, number][] = [];
  for (const item of panel.quickPick.items) {
    if (item.kind === vscode.QuickPickItemKind.Separator) groups.push([item.label, 0]);
    else if (groups.length > 0) groups.at(-1)![1]++;
  }
  return groups;
}

/** As the Escape key does. */
export async function pressEscape(window: KenningWindow): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  await until(
    () => window.panel === null,
    () => 'the panel closed',
  );
}

/** Really presses a key, by the runner's hand: of key bindings a command tells nothing. */
export async function pressKey(key: string): Promise<void> {
  const file = join(__dirname, 'key.json');
  writeFileSync(file, JSON.stringify({ key }));
  await until(
    () => !existsSync(file),
    () => `${key} pressed`,
  );
}

/** As the Enter key does. */
export async function pressEnter(window: KenningWindow): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await until(
    () => window.panel === null,
    () => 'the panel closed',
  );
}

export const root = (): string => vscode.workspace.workspaceFolders![0]!.uri.fsPath;
export const inRoot = (path: string): vscode.Uri => vscode.Uri.file(join(root(), path));
export const activePath = (): string | undefined =>
  vscode.window.activeTextEditor && vscode.workspace.asRelativePath(vscode.window.activeTextEditor.document.uri);
export const openTabs = (): string[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));

export async function closeEverything(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await until(
    () => openTabs().length === 0,
    () => 'all editors closed',
  );
}

/**
 * On a busy machine the editor may read the workspace file before its file system is connected, and then shows no folder
 * for good, with or without Kenning. A change of the file makes it read again.
 */
export async function readWorkspaceAgain(): Promise<void> {
  if (vscode.workspace.workspaceFolders?.length) return;
  const file = vscode.workspace.workspaceFile!.fsPath;
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
  await until(
    () => vscode.workspace.workspaceFolders?.length === 2,
    () => 'the two folders of the workspace file',
  );
}
