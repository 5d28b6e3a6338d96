/** Two folders in one window: one list, each hit with its folder; folders that come and go. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { ask, hitsOf, kenning, pressEscape, readWorkspaceAgain, until, untilState } from './kenning.ts';

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

  test('a model that names a place in one of them gets what is there, not what the other has', async () => {
    const [first, second] = vscode.workspace.workspaceFolders!.map(({ uri }) => uri.fsPath);
    const placesIn = async (path: string): Promise<readonly string[]> => {
      const input = { query: QUESTION, path, limit: 50 };
      const { content } = await vscode.lm.invokeTool('kenning_search_code', { input, toolInvocationToken: undefined });
      const text = content.map((part) => (part as vscode.LanguageModelTextPart).value).join('');
      return [...text.matchAll(/^\d+\. (.*?):\d/gm)].map(([, place]) => place!);
    };
    for (const path of [second!, `${first}/src`]) {
      const places = await placesIn(path);
      assert.ok(places.length > 0 && places.every((place) => place.startsWith(`${path}/`)), `${path}: ${places}`);
    }
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

  test('of a root inside another each function is found once, and under the outer one when the inner goes', async () => {
    const outer = vscode.workspace.workspaceFolders![0]!.uri;
    const inner = vscode.Uri.joinPath(outer, 'lib');
    const found = async (): Promise<string[]> => {
      const answer = await window.client.search({ query: 'the least recently used entry is evicted', limit: 100 });
      const hits = answer?.hits.filter(({ path }) => path.endsWith('lru_cache.rb')) ?? [];
      return hits.map(({ folder, path, name }) => `${folder}|${path}|${name}`).sort();
    };
    const before = await found();
    assert.ok(before.length > 1 && before.every((hit) => hit.startsWith(`${outer.fsPath}|lib/lru_cache.rb|`)));
    vscode.workspace.updateWorkspaceFolders(2, 0, { uri: inner });
    await until(
      () => window.client.folders.length === 3,
      () => 'three folders',
    );
    await untilState(window, 'ready');
    const moved = before.map((hit) => hit.replace(`${outer.fsPath}|lib/`, `${inner.fsPath}|`));
    assert.deepEqual(await found(), moved);
    vscode.workspace.updateWorkspaceFolders(2, 1);
    await until(
      () => window.client.folders.length === 2,
      () => 'two folders',
    );
    assert.deepEqual(await found(), before);
  });
});
