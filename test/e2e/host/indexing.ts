/** The index follows the folder, the settings and the user's wishes. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { menuItems } from '../../../src/extension/menu.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { REBUILD } from '../../../src/service/update-request.ts';
import { inRoot, kenning, until, untilState } from './kenning.ts';

const HARBOUR =
  'def moor_ship(ship, berth):\n    """Ties a ship to its berth in the harbour."""\n    berth.ropes.append(ship)\n';
const QUESTION = 'tie a ship to its berth in the harbour';

suite('indexing', () => {
  let window: KenningWindow;

  const paths = async (): Promise<string[]> =>
    (await window.client.search({ query: QUESTION, limit: 20 }))?.hits.map(({ path }) => path) ?? [];
  const untilFound = (path: string): Promise<void> =>
    until(
      async () => (await paths())[0] === path,
      () => `${path} found`,
    );
  const untilGone = (path: string): Promise<void> =>
    until(
      async () => !(await paths()).includes(path),
      () => `${path} gone`,
    );
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(inRoot(path).fsPath), { recursive: true });
    writeFileSync(inRoot(path).fsPath, text);
  };
  const functions = (): number => window.client.folders[0]?.status?.functions ?? 0;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
  });

  test('a new file is found, a renamed one under its new name, a deleted one no more', async () => {
    write('src/harbour.py', HARBOUR);
    await untilFound('src/harbour.py');
    renameSync(inRoot('src/harbour.py').fsPath, inRoot('src/port.py').fsPath);
    await untilFound('src/port.py');
    await untilGone('src/harbour.py');
    rmSync(inRoot('src/port.py').fsPath);
    await untilGone('src/port.py');
  });

  test('a deleted folder takes its files along', async () => {
    write('sea/east/harbour.py', HARBOUR);
    await untilFound('sea/east/harbour.py');
    rmSync(inRoot('sea').fsPath, { recursive: true });
    await untilGone('sea/east/harbour.py');
  });

  test('an ignore rule that is written hides files at once, and shows them when it goes', async () => {
    write('sea/harbour.py', HARBOUR);
    await untilFound('sea/harbour.py');
    write('.ignore', 'sea/\n');
    await untilGone('sea/harbour.py');
    rmSync(inRoot('.ignore').fsPath);
    await untilFound('sea/harbour.py');
  });

  test("the editor's excludes are followed live", async () => {
    const settings = vscode.workspace.getConfiguration('search');
    await settings.update('exclude', { '**/sea': true }, vscode.ConfigurationTarget.Workspace);
    await untilGone('sea/harbour.py');
    await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    await untilFound('sea/harbour.py');
    rmSync(inRoot('sea').fsPath, { recursive: true });
    await untilGone('sea/harbour.py');
  });

  test('without automatic indexing changes wait for the command', async () => {
    const settings = vscode.workspace.getConfiguration('kenning');
    await settings.update('autoIndex', false, vscode.ConfigurationTarget.Workspace);
    write('src/harbour.py', HARBOUR);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.ok(!(await paths()).includes('src/harbour.py'));
    await vscode.commands.executeCommand('kenning.updateIndex');
    await untilFound('src/harbour.py');
    rmSync(inRoot('src/harbour.py').fsPath);
    await settings.update('autoIndex', undefined, vscode.ConfigurationTarget.Workspace);
    await untilGone('src/harbour.py');
  });

  test('a rebuild pauses, shows it, resumes and ends complete', async () => {
    await untilState(window, 'ready');
    const before = functions();
    // The largest of all reports: the editor may still tell of a file of an earlier test, and that update ends last.
    let embedded = 0;
    const reports = window.client.onDidChange(() => {
      embedded = Math.max(embedded, window.client.folders[0]?.report?.embedded ?? 0);
    });
    await vscode.commands.executeCommand('kenning.rebuildIndex');
    await vscode.commands.executeCommand('kenning.pauseIndexing');
    await untilState(window, 'paused');
    assert.ok(menuItems(window.state()).some(({ command }) => command === 'kenning.resumeIndexing'));
    assert.match(window.statusBar.item.text, /debug-pause/);
    await vscode.commands.executeCommand('kenning.resumeIndexing');
    await untilState(window, 'ready');
    assert.equal(functions(), before);
    reports.dispose();
    assert.equal(embedded, before);
  });

  test('a rebuild that is cancelled while it waits changes nothing; a deleted index can be made again, and the view says so', async () => {
    // What the editor draws is what the view tells when it says that it has changed.
    let drawn: unknown;
    const draw = (): void => {
      drawn = window.indexView.getTreeItem(window.indexView.getChildren()[0]!).description;
    };
    const drawing = window.indexView.onDidChangeTreeData(draw);
    const { folder, status } = window.client.folders[0]!;
    // The command ends a pause; a rebuild that has begun before the next one would be cancelled in its midst.
    window.client.setPaused(true);
    window.client.update(folder, REBUILD);
    await untilState(window, 'paused');
    await vscode.commands.executeCommand('kenning.cancelIndexing');
    window.client.setPaused(false);
    await untilState(window, 'ready');
    assert.equal(window.client.folders[0]!.status!.functions, status!.functions);
    await window.client.deleteIndex(folder);
    await untilState(window, 'partial');
    assert.match(window.statusBar.item.text, /warning/);
    await until(
      () => drawn === 'not indexed',
      () => `not indexed in the view, not ${drawn}`,
    );
    await vscode.commands.executeCommand('kenning.updateIndex');
    await untilState(window, 'ready');
    await until(
      () => drawn === 'up to date',
      () => `up to date in the view, not ${drawn}`,
    );
    drawing.dispose();
  });
});
