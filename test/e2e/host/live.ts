/** What is searched follows what is typed, saved, renamed, deleted, checked out and set, in the editor and outside. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { KenningWindow } from '../../../src/extension/window.ts';
import type { UpdateRequest } from '../../../src/service/update-request.ts';
import { ask, closeEverything, hitsOf, inRoot, kenning, pressEscape, root, until, untilState } from './kenning.ts';

const MOOR =
  'def moor_ship(ship, berth):\n    """Ties a ship to its berth in the harbour."""\n    berth.ropes.append(ship)\n';
const QUESTION = 'tie a ship to its berth in the harbour';

suite('live', () => {
  let window: KenningWindow;

  /** Of the functions that the tests here write, as `path:line`. */
  const places = async (): Promise<string[]> => {
    const answer = await window.client.search({ query: QUESTION, limit: 30 });
    // Copies stand under one hit.
    const all = answer?.hits.flatMap((hit) => [hit, ...(hit.also ?? [])]) ?? [];
    const own = all.filter(({ name }) => name === 'moor_ship');
    return own.map(({ path, startLine }) => `${path}:${startLine}`).sort();
  };
  let seen: string[] = [];
  const untilFound = (...expected: string[]): Promise<void> =>
    until(
      async () => {
        seen = await places();
        return JSON.stringify(seen) === JSON.stringify(expected.sort());
      },
      () => `${expected} found, but ${seen}`,
    );
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(inRoot(path).fsPath), { recursive: true });
    writeFileSync(inRoot(path).fsPath, text);
  };
  const git = (...args: string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root(), stdio: 'ignore' });
  };
  const set = (section: string, name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Workspace);

  /** What the engine is asked to bring up to date while `work` runs. */
  async function updatesDuring(work: () => Promise<unknown>): Promise<UpdateRequest[]> {
    const requests: UpdateRequest[] = [];
    const { client } = window;
    const update = client.update.bind(client);
    client.update = (folder, request) => {
      requests.push(request);
      update(folder, request);
    };
    try {
      await work();
    } finally {
      client.update = update;
    }
    return requests;
  }

  async function opened(path: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(inRoot(path));
    await vscode.window.showTextDocument(document);
    return document;
  }

  async function insert(uri: vscode.Uri, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  suiteSetup(async () => {
    // In a browser the editor saves by itself after a second.
    await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Workspace);
    window = await kenning();
    await untilState(window, 'ready');
  });

  suite('unsaved', () => {
    test('what is typed is found where it stands, until it is taken back', async () => {
      write('src/port.py', MOOR);
      await untilFound('src/port.py:1');
      const document = await opened('src/port.py');
      await insert(document.uri, 'import os\n\n');
      await untilFound('src/port.py:3');
      assert.ok(document.isDirty);
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await untilFound('src/port.py:1');
    });

    test('a save is one update of that file, and at no moment is the file found twice or not at all', async () => {
      const document = await opened('src/port.py');
      await insert(document.uri, 'import os\n\n');
      await untilFound('src/port.py:3');
      const answers = new Set<string>();
      const updates = await updatesDuring(async () => {
        assert.ok(await document.save());
        const endMs = Date.now() + 3000;
        while (Date.now() < endMs) answers.add((await places()).join());
      });
      assert.deepEqual([...answers], ['src/port.py:3']);
      // The watcher may still have something to tell of what was before.
      const concerned = updates.filter(({ paths }) => !paths || paths.includes('src/port.py'));
      assert.equal(concerned.length, 1, JSON.stringify(updates));
      assert.ok(concerned[0]!.paths && !concerned[0]!.rebuild, JSON.stringify(updates));
    });

    test('a file that has never been saved is found, opened by its hit, and gone when it is closed', async () => {
      const uri = inRoot('new/quay.py').with({ scheme: 'untitled' });
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      await insert(uri, MOOR);
      await untilFound('src/port.py:3', 'new/quay.py:1');
      const panel = await ask(window, `${QUESTION} path:quay`);
      assert.equal(hitsOf(panel)[0]?.hit.path, 'new/quay.py');
      await pressEscape(window);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await untilFound('src/port.py:3');
    });

    test('a new process of the engine is told again', async () => {
      const document = await opened('src/port.py');
      await insert(document.uri, '\n\n');
      await untilFound('src/port.py:5');
      const { pid } = window.client;
      process.kill(pid!, 'SIGKILL');
      await until(
        () => window.client.pid !== undefined && window.client.pid !== pid,
        () => 'a new process',
      );
      await untilFound('src/port.py:5');
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await untilFound('src/port.py:3');
      await closeEverything();
      rmSync(inRoot('src/port.py').fsPath);
      await untilFound();
    });
  });

  suite('at hand', () => {
    test('the current file is the first of those at hand', async () => {
      const document = await opened('src/dates.py');
      assert.equal(window.workingSet.atHand()[0], document.uri.fsPath);
      await closeEverything();
    });
  });

  suite('other programs', () => {
    test('a file that another program writes, writes again and deletes is followed', async () => {
      write('src/port.py', MOOR);
      await untilFound('src/port.py:1');
      write('src/port.py', `import os\n\n\n${MOOR}`);
      await untilFound('src/port.py:4');
      rmSync(inRoot('src/port.py').fsPath);
      await untilFound();
    });

    test('a switch of branches is followed, there and back', async () => {
      git('init', '-q', '-b', 'main');
      git('add', '-A');
      git('commit', '-q', '-m', 'one');
      git('checkout', '-q', '-b', 'harbour');
      write('src/port.py', MOOR);
      write('sea/quay.py', `\n${MOOR}`);
      git('add', '-A');
      git('commit', '-q', '-m', 'two');
      await untilFound('src/port.py:1', 'sea/quay.py:2');
      git('checkout', '-q', 'main');
      await untilFound();
      git('checkout', '-q', 'harbour');
      await untilFound('src/port.py:1', 'sea/quay.py:2');
      git('checkout', '-q', 'main');
      await untilFound();
    });

    test('a flood of 600 files is indexed in few updates, and gone in few', async () => {
      await untilState(window, 'ready');
      const functions = (): number => window.client.folders[0]?.status?.functions ?? 0;
      const before = functions();
      const untilMore = (more: number): Promise<void> =>
        until(
          () => functions() === before + more && window.state().kind === 'ready',
          () => `${more} more functions, but ${functions() - before}`,
        );
      const updates = await updatesDuring(async () => {
        for (let i = 0; i < 600; i++) write(`flood/wave${i}.py`, `def wave_${i}(sea):\n    return sea.rise(${i})\n`);
        await untilMore(600);
        rmSync(inRoot('flood').fsPath, { recursive: true });
        await untilMore(0);
      });
      assert.ok(updates.length <= 12, `${updates.length} updates`);
    });
  });

  suite('settings', () => {
    test('files.exclude hides files and shows them again', async () => {
      write('sea/port.py', MOOR);
      await untilFound('sea/port.py:1');
      await set('files', 'exclude', { '**/sea': true });
      await untilFound();
      await set('files', 'exclude', undefined);
      await untilFound('sea/port.py:1');
      rmSync(inRoot('sea').fsPath, { recursive: true });
      await untilFound();
    });

    test('kenning.model: what cannot be used is said, and its end is followed', async () => {
      await set('kenning', 'model', './no-such-model');
      await untilState(window, 'failed');
      await set('kenning', 'model', undefined);
      await untilState(window, 'ready');
    });

    test('kenning.quality and kenning.vectorIndex open the folder anew, and only when they change', async () => {
      const opened: (readonly [unknown, unknown])[] = [];
      const { client } = window;
      const openFolder = client.openFolder.bind(client);
      client.openFolder = (options) => {
        opened.push([options.quality, options.vectorIndex]);
        openFolder(options);
      };
      try {
        await set('kenning', 'quality', 'balanced');
        await untilState(window, 'refining', 'ready');
        await set('kenning', 'vectorIndex', 'exact');
        await set('kenning', 'vectorIndex', 'exact');
        await set('kenning', 'vectorIndex', undefined);
        await set('kenning', 'quality', undefined);
        await untilState(window, 'ready');
      } finally {
        client.openFolder = openFolder;
      }
      assert.deepEqual(opened, [
        ['balanced', 'auto'],
        ['balanced', 'exact'],
        ['balanced', 'auto'],
        ['fast', 'auto'],
      ]);
    });

    test('kenning.maxResults holds from the next question on', async () => {
      await set('kenning', 'maxResults', 2);
      assert.equal(hitsOf(await ask(window, 'read a value')).length, 2);
      await pressEscape(window);
      await set('kenning', 'maxResults', undefined);
      assert.ok(hitsOf(await ask(window, 'read some value')).length > 2);
      await pressEscape(window);
      assert.ok(!readFileSync(inRoot('.vscode/settings.json').fsPath, 'utf8').includes('maxResults'));
    });
  });

  // Last: the editor begins to watch anew some time after the setting has changed.
  for (const isWatched of [true, false]) {
    suite(isWatched ? 'in folders that are watched' : 'in folders that files.watcherExclude leaves out', () => {
      suiteSetup(async () => {
        if (!isWatched) await set('files', 'watcherExclude', { '**/sea': true, '**/sea/**': true });
      });
      suiteTeardown(() => set('files', 'watcherExclude', undefined));

      test("a file that is made, renamed and deleted through the editor's API is followed", async () => {
        const [from, to] = [inRoot('sea/east/port.py'), inRoot('sea/west/quay.py')];
        const edit = (change: (edit: vscode.WorkspaceEdit) => void): Thenable<boolean> => {
          const one = new vscode.WorkspaceEdit();
          change(one);
          return vscode.workspace.applyEdit(one);
        };
        assert.ok(await edit((one) => one.createFile(from, { contents: Buffer.from(MOOR) })));
        await untilFound('sea/east/port.py:1');
        assert.ok(await edit((one) => one.renameFile(from, to)));
        await untilFound('sea/west/quay.py:1');
        assert.ok(await edit((one) => one.renameFile(inRoot('sea/west'), inRoot('sea/north'))));
        await untilFound('sea/north/quay.py:1');
        assert.ok(await edit((one) => one.deleteFile(inRoot('sea'), { recursive: true })));
        await untilFound();
      });
    });
  }
});
