/** What can be done with an index from the side bar: delete it, and ask why a file is not in it. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { tellWhyNotIndexed } from '../../../src/extension/views/why-not-indexed.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { closeEverything, inRoot, kenning, root, until, untilState } from './kenning.ts';

suite('index actions', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
    await closeEverything();
  });

  test('why a file is not indexed: the rule, by name and line', async () => {
    const why = (path: string): Promise<string> => tellWhyNotIndexed(window, inRoot(path));
    assert.match(await why('generated/dates.js'), /^generated\/dates\.js is not indexed: \.gitignore line \d+ says “/);
    assert.match(await why('src/dates.py'), /^src\/dates\.py is indexed: \d+ functions\.$/);
    assert.match(await why('no/such.py'), /does not exist/);
  });

  test('why, of no file, of none on disk and of one elsewhere', async () => {
    assert.match(await tellWhyNotIndexed(window), /Open the file/);
    assert.match(await tellWhyNotIndexed(window, vscode.Uri.parse('untitled:a')), /on disk only/);
    assert.match(await tellWhyNotIndexed(window, vscode.Uri.file('/etc/hostname')), /no folder of this window/);
    await vscode.window.showTextDocument(inRoot('src/dates.py'));
    assert.match(await tellWhyNotIndexed(window), /^src\/dates\.py is indexed/);
    await vscode.commands.executeCommand('kenning.whyNotIndexed', inRoot('src/dates.py'));
    await closeEverything();
  });

  test('a deleted index is gone from the disk, and the folder stays without until the user says so', async () => {
    const storage = window.context.globalStorageUri.fsPath;
    const isOurs = (dir: string): boolean => {
      const note = join(storage, dir, 'folder.txt');
      return existsSync(note) && readFileSync(note, 'utf8').trim() === root();
    };
    const old = join(storage, readdirSync(storage).find(isOurs)!, 'of-the-old-index');
    writeFileSync(old, '');
    await window.indexer.deleteIndex(root());
    await untilState(window, 'partial');
    const [folder] = window.indexView.getChildren();
    assert.equal(window.indexView.getTreeItem(folder!).description, 'not indexed');
    assert.ok(!existsSync(old));
    assert.equal(readdirSync(storage).filter((name) => name.endsWith('.deleted')).length, 0);
    assert.equal(readdirSync(storage).filter(isOurs).length, 1);

    writeFileSync(inRoot('src/harbour.py').fsPath, 'def moor_ship(ship):\n    pass\n');
    window.indexer.sync();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(window.client.folders[0]?.status?.functions, 0);

    await vscode.commands.executeCommand('kenning.updateIndex');
    await untilState(window, 'ready');
    await vscode.workspace.fs.delete(inRoot('src/harbour.py'));
    const names = async (): Promise<string[]> =>
      (await window.client.search({ query: 'moor a ship', limit: 20 }))?.hits.map(({ name }) => name) ?? [];
    await until(
      async () => !(await names()).includes('moor_ship'),
      () => 'followed again',
    );
    assert.ok((await names()).length > 0);
  });
});
