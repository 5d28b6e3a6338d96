/** Two folders in one window: one list, each hit with its folder; folders that come and go. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { ask, hitsOf, kenning, pressEscape, until, untilState } from './kenning.ts';

const QUESTION = 'convert degrees celsius to fahrenheit';

suite('two roots', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    await readWorkspaceAgain();
    window = await kenning();
    await untilState(window, 'ready');
  });

  test('searches both and says which folder a hit is in', async () => {
    const panel = await ask(window, QUESTION);
    assert.equal(hitsOf(panel)[0]?.description, 'second/Thermometer.cs:6');
    const folders = new Set(hitsOf(panel).map(({ hit }) => hit.folder));
    assert.equal(folders.size, 2);
    await pressEscape(window);
    assert.equal(window.indexView.getChildren().length, 2);
  });

  test('a folder that is removed is searched no more, and again when it is back', async () => {
    const second = vscode.workspace.workspaceFolders![1]!;
    vscode.workspace.updateWorkspaceFolders(1, 1);
    await until(
      () => window.client.folders.length === 1,
      () => 'one folder',
    );
    const answer = await window.client.search({ query: QUESTION, limit: 5 });
    assert.ok(answer?.hits.every(({ folder }) => folder !== second.uri.fsPath));
    vscode.workspace.updateWorkspaceFolders(1, 0, { uri: second.uri });
    await until(
      () => window.client.folders.length === 2,
      () => 'two folders',
    );
    await untilState(window, 'ready');
    const again = await window.client.search({ query: QUESTION, limit: 5 });
    assert.equal(again?.hits[0]?.path, 'Thermometer.cs');
  });
});

/**
 * On a busy machine the editor may read the workspace file before its file system is connected, and then shows no folder
 * for good, with or without Kenning. A change of the file makes it read again.
 */
async function readWorkspaceAgain(): Promise<void> {
  if (vscode.workspace.workspaceFolders?.length) return;
  const file = vscode.workspace.workspaceFile!.fsPath;
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
  await until(
    () => vscode.workspace.workspaceFolders?.length === 2,
    () => 'the two folders of the workspace file',
  );
}
