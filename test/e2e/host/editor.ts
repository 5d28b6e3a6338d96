/** The editor's commands: code like this code, a search with the selection, the marks of opened hits, lenses. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SimilarOrigin } from '../../../src/extension/similar-origin.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import {
  ask,
  closeEverything,
  hitsOf,
  inRoot,
  kenning,
  pressEnter,
  pressEscape,
  pressKey,
  until,
  untilState,
} from './kenning.ts';

const QUESTION = 'turn a string like 3 May 2021 into a date';

suite('editor', () => {
  let window: KenningWindow;
  let openSimilar: KenningWindow['openSimilar'];
  let origins: SimilarOrigin[];

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
    openSimilar = window.openSimilar;
  });

  setup(async () => {
    await closeEverything();
    await vscode.commands.executeCommand('kenning.clearHighlights');
    origins = [];
    window.openSimilar = async (origin) => void origins.push(origin);
  });

  suiteTeardown(async () => {
    window.openSimilar = openSimilar;
    await closeEverything();
  });

  const place = ({ label, path, startLine, endLine, only }: SimilarOrigin): unknown[] => [
    label,
    path,
    startLine,
    endLine,
    only,
  ];
  async function editorAt(path: string, line: number, endLine = line): Promise<vscode.TextEditor> {
    const editor = await vscode.window.showTextDocument(inRoot(path), { preview: false });
    editor.selection = new vscode.Selection(line - 1, endLine === line ? 1 : 0, endLine - 1, endLine === line ? 1 : 0);
    return editor;
  }

  /** Ends when the editor on the screen has it too: a key that is pressed earlier meets the one before. */
  async function select(editor: vscode.TextEditor, selection: vscode.Selection): Promise<void> {
    const told = Promise.withResolvers<void>();
    const listener = vscode.window.onDidChangeTextEditorSelection(({ selections: [now] }) => {
      if (now?.isEqual(selection)) told.resolve();
    });
    editor.selection = selection;
    await told.promise;
    listener.dispose();
  }

  test('the function around the cursor', async () => {
    await editorAt('src/cart.go', 19);
    await vscode.commands.executeCommand('kenning.findSimilar');
    await vscode.commands.executeCommand('kenning.findDuplicates');
    assert.deepEqual(origins.map(place), [
      ['Cart.Total', 'src/cart.go', 18, 24, undefined],
      ['Cart.Total', 'src/cart.go', 18, 24, 'duplicates'],
    ]);
    assert.match(origins[0]!.code, /^func \(c \*Cart\) Total\(\) int \{[\s\S]*\}$/);
  });

  test('a selection, whole lines', async () => {
    await editorAt('src/dates.py', 10, 13);
    await vscode.commands.executeCommand('kenning.findSimilar', vscode.window.activeTextEditor!.document.uri);
    assert.deepEqual(origins.map(place), [['dates.py:10-12', 'src/dates.py', 10, 12, undefined]]);
  });

  test('text that is not saved anywhere: its functions in a known language, else the paragraph', async () => {
    const editor = await editorAt('src/dates.py', 1);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, '\n\ndef leap(year):\n    return year % 4 == 0\n'));
    const line = editor.document.lineCount - 2;
    editor.selection = new vscode.Selection(line, 4, line, 4);
    await vscode.commands.executeCommand('kenning.findSimilar');
    assert.equal(origins[0]?.label, 'leap');
    await vscode.commands.executeCommand('workbench.action.files.revert');
    const content = 'one\n\ntwo words\nthree\n';
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content }));
    vscode.window.activeTextEditor!.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand('kenning.findSimilar');
    const { code, folder, startLine } = origins[1]!;
    assert.deepEqual([code, folder, startLine], ['two words\nthree', undefined, undefined]);
    vscode.window.activeTextEditor!.selection = new vscode.Selection(1, 0, 1, 0);
    await vscode.commands.executeCommand('kenning.findSimilar');
    assert.equal(origins.length, 2);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  test('a hit; without an editor a message, no error', async () => {
    await vscode.commands.executeCommand('kenning.findSimilar');
    assert.deepEqual(origins, []);
    const panel = await ask(window, QUESTION);
    const [first] = hitsOf(panel);
    await pressEscape(window);
    await vscode.commands.executeCommand('kenning.findSimilar', first!.hit);
    assert.deepEqual(origins.map(place), [['parse_date', 'src/dates.py', 8, 11, undefined]]);
  });

  test('similar code is listed, and the code itself is not', async () => {
    const answer = await window.client.similar({
      code: 'func (c *Cart) Total() int {\n\tsum := 0\n}',
      folder: window.client.folders[0]!.folder,
      path: 'src/cart.go',
      startLine: 18,
      endLine: 24,
    });
    assert.ok(answer && answer.hits.length > 0);
    assert.ok(answer.hits.every(({ name }) => name !== 'Cart.Total'));
  });

  test('the selection as a question', async () => {
    await editorAt('src/dates.py', 15, 16);
    await vscode.commands.executeCommand('kenning.searchSelection');
    await until(
      () => hitsOf(window.panel!).length > 0,
      () => 'hits',
    );
    assert.equal(window.panel!.quickPick.value, 'How many days lie between two dates, whichever comes first.');
    await pressEscape(window);
  });

  test('an opened hit is marked until it is dismissed, edited or the results are cleared', async () => {
    const lines = (): number[][] => window.highlights.marks.map(({ startLine, endLine }) => [startLine, endLine]);
    const openFirst = async (): Promise<vscode.TextEditor> => {
      await ask(window, QUESTION);
      await pressEnter(window);
      await until(
        () => lines().length === 1,
        () => `one mark, but ${JSON.stringify(lines())}`,
      );
      return vscode.window.activeTextEditor!;
    };
    await openFirst();
    assert.deepEqual(lines(), [[8, 11]]);
    assert.ok(window.highlights.marks[0]!.words.includes('date'));
    await vscode.commands.executeCommand('kenning.clearHighlights');
    assert.deepEqual(lines(), []);
    const editor = await openFirst();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# above\n'));
    assert.deepEqual(lines(), [[9, 12]]);
    await editor.edit((edit) => edit.insert(new vscode.Position(9, 4), 'x'));
    assert.deepEqual(lines(), []);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await openFirst();
    await vscode.commands.executeCommand('kenning.clearResults');
    assert.deepEqual(lines(), []);
  });

  test('Escape takes the marks away, and not before what else it ends', async () => {
    const marks = (): number => window.highlights.marks.length;
    const panel = await ask(window, QUESTION);
    const [first] = hitsOf(panel);
    await pressEscape(window);
    const editor = await editorAt('src/dates.py', 1);
    window.highlights.show(first!.hit);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await select(editor, new vscode.Selection(0, 0, 0, 3));
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

  test('the side bar marks what it opens', async () => {
    const panel = await ask(window, QUESTION);
    const [first] = hitsOf(panel);
    await pressEscape(window);
    await vscode.commands.executeCommand('kenning.openToSide', first!.hit);
    assert.equal(window.highlights.marks.length, 1);
  });

  test('lenses come and go with the setting, one for each function', async () => {
    const lenses = async (): Promise<(string | undefined)[]> => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        inRoot('src/dates.py'),
        10,
      );
      return found
        .filter(({ command }) => command?.command === 'kenning.findSimilar')
        .map((lens) => lens.command!.title);
    };
    await editorAt('src/dates.py', 1);
    assert.deepEqual(await lenses(), []);
    const settings = vscode.workspace.getConfiguration('kenning');
    await settings.update('codeLens', true, vscode.ConfigurationTarget.Workspace);
    await until(
      async () => (await lenses()).length === 3,
      () => 'three lenses',
    );
    assert.equal((await lenses())[0], 'Find similar code');
    await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Workspace);
    await until(
      async () => (await lenses()).length === 0,
      () => 'no lenses',
    );
  });
});
