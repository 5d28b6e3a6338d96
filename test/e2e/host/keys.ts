/** Keys that the editor has uses of its own for. In a window of its own: where earlier tests have led the keys is no question. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hasPrompt } from '../../../src/extension/panel/ranked-order.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import {
  activePath,
  ask,
  hitsOf,
  inRoot,
  kenning,
  openTabs,
  pressEscape,
  pressKey,
  until,
  untilState,
} from './kenning.ts';

const QUESTION = 'turn a string like 3 May 2021 into a date';

suite('keys', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
  });

  test('Escape in the panel puts the editor back before the box goes', async () => {
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    const panel = await ask(window, QUESTION);
    await until(
      () => activePath() === 'src/dates.py',
      () => `a preview, but ${activePath()}`,
    );
    let whenHidden: string | undefined;
    panel.quickPick.onDidHide(() => {
      whenHidden ??= activePath();
    });
    await pressKey('Escape');
    await until(
      () => window.panel === null,
      () => 'the panel closed',
    );
    // Editors of before the prompt line take the key for themselves: there the file that was shown goes a moment later.
    if (hasPrompt(panel.quickPick)) assert.equal(whenHidden, 'src/cart.go');
    assert.deepEqual(openTabs(), ['cart.go']);
  });

  test('Escape takes the marks away, and not before what else it ends', async () => {
    const marks = (): number => window.highlights.marks.length;
    const panel = await ask(window, QUESTION);
    const [first] = hitsOf(panel);
    await pressEscape(window);
    const editor = await vscode.window.showTextDocument(inRoot('src/dates.py'), { preview: false });
    window.highlights.show(first!.hit);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    // By the key: the editor then knows of the selection before the next one comes.
    await pressKey('Shift+ArrowRight');
    await until(
      () => !editor.selection.isEmpty,
      () => 'a selection',
    );
    await pressKey('Escape');
    await until(
      () => editor.selection.isEmpty,
      () => 'no selection',
    );
    assert.equal(marks(), 1, 'the selection goes first');
    await vscode.commands.executeCommand('actions.find');
    await pressKey('Escape');
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    assert.equal(marks(), 1, 'the find widget goes before');
    await pressKey('Escape');
    await until(
      () => marks() === 0,
      () => 'no marks',
    );
  });
});
