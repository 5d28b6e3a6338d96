/** The side bar's two trees, the status bar and its menu. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { menuItems } from '../../../src/extension/menu.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { activePath, ask, closeEverything, kenning, pressEscape, until, untilState } from './kenning.ts';

suite('views', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
    await closeEverything();
    await ask(window, 'how many days lie between two dates');
    await pressEscape(window);
  });

  test('every command of the manifest exists', async () => {
    const { packageJSON } = vscode.extensions.getExtension('kenning.kenning')!;
    const declared = (packageJSON.contributes.commands as { command: string }[]).map(({ command }) => command);
    const known = new Set(await vscode.commands.getCommands());
    assert.deepEqual(
      declared.filter((command) => !known.has(command)),
      [],
    );
  });

  test('results: files in the order of their best hit, hits below them', () => {
    const files = window.results.getChildren();
    const [first] = files;
    assert.ok(first && 'hits' in first);
    assert.equal(first.path, 'src/dates.py');
    const item = window.results.getTreeItem(first);
    assert.equal(item.label, 'dates.py');
    assert.equal(item.description, 'src');
    const names = window.results.getChildren(first).map((hit) => ('name' in hit ? hit.name : ''));
    assert.equal(names[0], 'days_between');
    assert.equal(window.results.getParent(first.hits[0]!), first);
  });

  test('results: a hit shows the words found, explains its rank, and opens at its line', async () => {
    const [file] = window.results.getChildren();
    const [hit] = window.results.getChildren(file);
    const item = window.results.getTreeItem(hit!);
    const label = item.label as vscode.TreeItemLabel;
    assert.equal(label.label, 'days_between');
    assert.ok((label.highlights ?? []).length > 0);
    assert.match(String(item.tooltip), /src\/dates\.py:14[\s\S]*Score 0\.\d\d|Score 1\.\d\d/);
    await vscode.commands.executeCommand(item.command!.command, ...(item.command!.arguments ?? []));
    await until(
      () => activePath() === 'src/dates.py',
      () => 'dates.py',
    );
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 13);
  });

  test('results: what a hit stands for too lies below it', () => {
    const before = window.results.getChildren()[0]!;
    assert.ok('hits' in before);
    const also = [{ path: 'src/cart.go', name: 'Copy', startLine: 3, endLine: 4 }];
    const hit = { ...before.hits[0]!, also };
    window.results.show({ query: 'q', hits: [hit], functions: 1, complete: true, mayImprove: false, problems: [] });
    const [node] = window.results.getChildren(window.results.getChildren()[0]);
    assert.match(String(window.results.getTreeItem(node!).description), /\+1/);
    const [below, ...none] = window.results.getChildren(node);
    assert.deepEqual(none, []);
    assert.equal(window.results.getTreeItem(below!).description, 'src/cart.go:3');
    assert.equal(window.results.getParent(below!), node);
    window.results.show({
      query: 'q',
      hits: before.hits,
      functions: 1,
      complete: true,
      mayImprove: false,
      problems: [],
    });
  });

  test('index: the folder with its facts', () => {
    const [folder] = window.indexView.getChildren();
    assert.ok(folder && 'folder' in folder);
    assert.equal(window.indexView.getTreeItem(folder).description, 'up to date');
    const facts = Object.fromEntries(
      window.indexView
        .getChildren(folder)
        .map((fact) => window.indexView.getTreeItem(fact))
        .map(({ label, description }) => [label, description]),
    );
    assert.equal(facts.Coverage, 'the whole folder');
    assert.equal(facts.Files, '7');
    assert.ok(Number(facts.Functions) >= 15, `functions: ${facts.Functions}`);
    assert.equal(facts['Vector index'], 'exact scan');
    assert.notEqual(facts['Last update'], 'never');
  });

  test('status bar: what is indexed, and a menu for the state', () => {
    assert.match(window.statusBar.item.text, /Kenning/);
    const { value, isTrusted } = window.statusBar.item.tooltip as vscode.MarkdownString;
    assert.match(value, /\d+ functions indexed[\s\S]*\(command:kenning\.rebuildIndex\)/);
    assert.ok(typeof isTrusted === 'object' && isTrusted.enabledCommands.includes('kenning.rebuildIndex'));
    assert.equal(window.statusBar.item.name, 'Kenning');
    assert.equal(window.statusBar.item.command, 'kenning.showMenu');
    assert.deepEqual(
      menuItems(window.state()).map(({ command }) => command),
      ['kenning.search', 'kenning.updateIndex', 'kenning.rebuildIndex', 'kenning.showIndex', 'kenning.showLog'],
    );
  });

  test('a pause while nothing is being done is seen, and ended from the status bar', async () => {
    await vscode.commands.executeCommand('kenning.pauseIndexing');
    const [folder] = window.indexView.getChildren();
    assert.match(window.statusBar.item.text, /^\$\(debug-pause\)/);
    assert.match(String(window.statusBar.item.accessibilityInformation?.label), /indexed; indexing is paused$/);
    assert.equal(window.indexView.getTreeItem(folder!).description, 'up to date · paused');
    assert.ok(menuItems(window.state()).some(({ command }) => command === 'kenning.resumeIndexing'));
    await vscode.commands.executeCommand('kenning.resumeIndexing');
    assert.doesNotMatch(window.statusBar.item.text, /pause/);
    assert.ok(!menuItems(window.state()).some(({ command }) => command === 'kenning.resumeIndexing'));
  });

  test('the views and the log can be shown by command', async () => {
    for (const command of ['kenning.showResults', 'kenning.showIndex', 'kenning.showLog']) {
      await vscode.commands.executeCommand(command);
    }
  });

  test('results can be cleared', async () => {
    await vscode.commands.executeCommand('kenning.clearResults');
    assert.deepEqual(window.results.getChildren(), []);
    assert.equal(window.results.view.badge, undefined);
  });
});
