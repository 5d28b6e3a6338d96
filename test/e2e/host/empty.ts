/** A window without a folder: every command works or explains, and no process is started. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { kenning, noticesOf, pressEscape, until } from './kenning.ts';

/** They open a dialog or a view of the editor's own. */
const NOT_HERE = new Set([
  'kenning.search',
  'kenning._openFolder',
  'kenning.showMenu',
  'kenning.openToSide',
  'kenning.copyPlace',
  'kenning.copyPath',
  'kenning.searchSelection',
]);

suite('no folder', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
  });

  test('the panel offers to open a folder', async () => {
    await vscode.commands.executeCommand('kenning.search', 'anything');
    await until(
      () => (window.panel?.quickPick.items.length ?? 0) > 0,
      () => 'a notice',
    );
    assert.deepEqual(
      noticesOf(window.panel!).map(({ command }) => command),
      ['kenning._openFolder'],
    );
    await pressEscape(window);
  });

  test('a model is told that there is no folder', async () => {
    await assert.rejects(
      async () =>
        vscode.lm.invokeTool('kenning_search_code', { input: { query: 'anything' }, toolInvocationToken: undefined }),
      /No folder is open in the editor/,
    );
  });

  test('every command returns and none starts the engine', async () => {
    const { packageJSON } = vscode.extensions.getExtension('kenning.kenning')!;
    for (const { command } of packageJSON.contributes.commands as { command: string }[]) {
      if (!NOT_HERE.has(command)) await vscode.commands.executeCommand(command);
    }
    assert.equal(window.state().kind, 'no-folder');
    assert.equal(window.client.pid, undefined);
    assert.equal(window.client.service, 'stopped');
  });
});
