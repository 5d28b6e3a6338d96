/** The panel: from a question to a place in a file, and back. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hasFileIcons } from '../../../src/extension/panel/ranked-order.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import {
  activePath,
  ask,
  closeEverything,
  completionsOf,
  groupsIn,
  hitsOf,
  inRoot,
  kenning,
  noticesOf,
  onScreen,
  openTabs,
  pressEnter,
  pressEscape,
  pressKey,
  recentOf,
  until,
  untilState,
} from './kenning.ts';

const QUESTION = 'turn a string like 3 May 2021 into a date';

suite('search panel', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
  });

  setup(closeEverything);

  test('lists hits as ranked, each with place and first line', async () => {
    const panel = await ask(window, QUESTION);
    const [first] = hitsOf(panel);
    assert.equal(first?.hit.name, 'parse_date');
    assert.equal(first?.description, 'src/dates.py:8');
    assert.equal(first?.label, 'parse_date');
    assert.equal(first?.resourceUri?.path, hasFileIcons(panel.quickPick) ? inRoot('src/dates.py').path : undefined);
    assert.equal(first?.detail, 'def parse_date(text):');
    assert.equal(panel.quickPick.activeItems[0], first);
    const groups = Map.groupBy(hitsOf(panel), ({ hit }) => hit.path.startsWith('tests/'));
    for (const items of groups.values()) {
      const scores = items.map(({ hit }) => hit.score);
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    }
    assert.ok(hitsOf(panel).every(({ alwaysShow }) => alwaysShow));
    await pressEscape(window);
  });

  test('shows the active hit without moving the focus, and takes it back on Escape', async () => {
    const origin = await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    origin.selection = new vscode.Selection(5, 2, 5, 6);
    await ask(window, QUESTION);
    await until(
      () => activePath() === 'src/dates.py',
      () => `a preview, but ${activePath()}`,
    );
    assert.deepEqual(openTabs(), ['cart.go', 'dates.py']);
    await pressEscape(window);
    await until(
      () => activePath() === 'src/cart.go',
      () => `the old editor, but ${activePath()}`,
    );
    const { selection } = vscode.window.activeTextEditor!;
    assert.deepEqual([selection.start.line, selection.start.character, selection.end.character], [5, 2, 6]);
    assert.deepEqual(openTabs(), ['cart.go']);
  });

  for (const preview of [true, false]) {
    test(`a diff ${preview ? 'in a preview tab' : 'that is kept open'} is there again after Escape, and nothing else`, async () => {
      const [left, right] = [inRoot('src/dates.py'), inRoot('src/cart.go')];
      await vscode.commands.executeCommand('vscode.diff', left, right, 'Two files', { preview });
      await until(
        () => activePath() === 'src/cart.go',
        () => `the diff, but ${activePath()}`,
      );
      vscode.window.activeTextEditor!.selection = new vscode.Selection(5, 2, 5, 6);
      await ask(window, QUESTION);
      await until(
        () => openTabs().includes('dates.py'),
        () => `a preview, but ${openTabs()}`,
      );
      await pressEscape(window);
      await until(
        () => openTabs().join() === 'Two files',
        () => `the diff alone, but ${openTabs()}`,
      );
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
      assert.deepEqual([activeTab.input.original.path, activeTab.input.modified.path], [left.path, right.path]);
      assert.equal(activeTab.isPreview, preview);
      assert.equal(activePath(), 'src/cart.go');
      assert.equal(vscode.window.activeTextEditor?.selection.active.line, 5);
    });
  }

  test('leaves nothing open on Escape when nothing was', async () => {
    await ask(window, QUESTION);
    await until(
      () => openTabs().length === 1,
      () => 'a preview',
    );
    await pressEscape(window);
    await until(
      () => openTabs().length === 0,
      () => `no tab, but ${openTabs()}`,
    );
  });

  test('keeps the selection of the file the user came from, though a hit in it is shown', async () => {
    const origin = await vscode.window.showTextDocument(inRoot('src/dates.py'), { preview: false });
    origin.selection = new vscode.Selection(22, 4, 22, 8);
    await ask(window, QUESTION);
    await pressEscape(window);
    assert.equal(vscode.window.activeTextEditor?.selection.start.line, 22);
    assert.deepEqual(openTabs(), ['dates.py']);
  });

  test('opens the active hit at its first line on Enter', async () => {
    await ask(window, QUESTION);
    await pressEnter(window);
    await until(
      () => activePath() === 'src/dates.py',
      () => `dates.py, but ${activePath()}`,
    );
    await until(
      () => vscode.window.activeTextEditor?.selection.active.line === 7,
      () => 'line 8',
    );
  });

  test('a button opens a hit to the side', async () => {
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    await ask(window, QUESTION);
    const [hit] = hitsOf(window.panel!);
    await pressEscape(window);
    await vscode.commands.executeCommand('kenning.openToSide', hit?.hit);
    assert.equal(activePath(), 'src/dates.py');
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
    await vscode.commands.executeCommand('kenning.copyPlace', hit?.hit);
    assert.equal(await vscode.env.clipboard.readText(), 'src/dates.py:8');
  });

  test('a button tells why a hit is one, and Back and typing lead to the results again', async () => {
    const panel = await ask(window, QUESTION);
    const [, second] = hitsOf(panel);
    panel.explain(second!.hit);
    const labels = panel.quickPick.items.map(({ label }) => label);
    assert.match(labels[0]!, /^Score \d\.\d\d$/);
    assert.ok(labels.some((label) => / in meaning /.test(label)));
    assert.equal(panel.quickPick.title, `Why ${second!.hit.name}`);
    assert.deepEqual(hitsOf(panel), []);
    panel.explain(null);
    assert.equal(panel.quickPick.title, 'Kenning');
    assert.equal(hitsOf(panel)[1]?.label, second!.label);
    panel.explain(second!.hit);
    panel.setQuery(`${QUESTION} lang:go`);
    await until(
      () => hitsOf(panel).length > 0,
      () => 'hits',
    );
    await pressEscape(window);
  });

  test('operators narrow the answer', async () => {
    const panel = await ask(window, `${QUESTION} lang:go`);
    assert.ok(hitsOf(panel).length > 0);
    assert.deepEqual([...new Set(hitsOf(panel).map(({ hit }) => hit.language))], ['go']);
    panel.setQuery('test that a date is parsed -tests');
    await until(
      () => !panel.quickPick.busy && panel.quickPick.value.endsWith('-tests'),
      () => 'an answer',
    );
    assert.deepEqual(
      hitsOf(panel).filter(({ hit }) => hit.path.startsWith('tests/')),
      [],
    );
    await pressEscape(window);
  });

  test('filters that leave nothing offer a search without them', async () => {
    const panel = await ask(window, `${QUESTION} path:nowhere`);
    assert.deepEqual(
      noticesOf(panel).map(({ command }) => command),
      ['kenning._dropFilters'],
    );
    await vscode.commands.executeCommand('kenning._dropFilters');
    // The editor's echo of the first question may still be on its way.
    await until(
      () => hitsOf(panel).length > 0 && panel.quickPick.value === QUESTION,
      () => `hits for the question alone, not for ${panel.quickPick.value}`,
    );
    await pressEscape(window);
  });

  test('a file that is open counts a little more; what a search only shows is no visit', async () => {
    const lastUsed = (): string | undefined => window.workingSet.near().recent[0];
    const [cart, dates] = ['src/cart.go', 'src/dates.py'].map((path) => inRoot(path).fsPath);
    const uses = (path: string | undefined): Promise<void> =>
      until(
        () => lastUsed() === path,
        () => `${path} used last, but ${lastUsed()}`,
      );
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    await uses(cart);
    const panel = await ask(window, QUESTION);
    const nearOf = (path: string): number | undefined =>
      hitsOf(panel).find(({ hit }) => hit.path === path)?.hit.why.boosts.near;
    assert.equal(nearOf('src/cart.go'), 0.05);
    await until(
      () => activePath() === 'src/dates.py',
      () => `a preview, but ${activePath()}`,
    );
    panel.setQuery(`${QUESTION} again`);
    await until(
      () => !panel.quickPick.busy,
      () => 'an answer',
    );
    assert.equal(nearOf('src/cart.go'), 0.05);
    assert.notEqual(nearOf('src/dates.py'), 0.05);
    await pressEscape(window);
    assert.equal(lastUsed(), cart);
    await ask(window, QUESTION);
    await pressEnter(window);
    await uses(dates);
  });

  test('a phrase that stands nowhere offers a search without its quotes', async () => {
    const panel = await ask(window, `${QUESTION} "stands nowhere"`);
    assert.deepEqual(
      noticesOf(panel).map(({ command }) => command),
      ['kenning._dropFilters'],
    );
    await vscode.commands.executeCommand('kenning._dropFilters');
    await until(
      () => hitsOf(panel).length > 0 && panel.quickPick.value === `${QUESTION} stands nowhere`,
      () => `hits without the quotes, not for ${panel.quickPick.value}`,
    );
    await pressEscape(window);
  });

  test('remembers the last question', async () => {
    await ask(window, QUESTION);
    await pressEscape(window);
    await vscode.commands.executeCommand('kenning.search');
    assert.equal(window.panel?.quickPick.value, QUESTION);
    await until(
      () => hitsOf(window.panel!).length > 0,
      () => 'its hits at once',
    );
    await pressEscape(window);
  });

  test('hits stand in groups: the best ones, what is also related, tests last', async () => {
    const panel = await ask(window, QUESTION);
    const [best, related, tests] = groupsIn(panel);
    assert.deepEqual([best?.[0], related?.[0], tests?.[0]], ['Best matches', 'Also related', 'Tests and examples']);
    assert.ok(hitsOf(panel).at(-1)?.hit.path.startsWith('tests/'));
    panel.setQuery('test that a date is parsed');
    await until(
      () => !panel.quickPick.busy && hitsOf(panel)[0]?.hit.path === 'tests/test_dates.py',
      () => 'the test on top, which is what is asked for',
    );
    assert.ok(!groupsIn(panel).some(([heading]) => heading === 'Tests and examples'));
    await pressEscape(window);
  });

  test('an empty box asks nothing and lists questions that led somewhere', async () => {
    window.history.clear();
    await ask(window, QUESTION);
    await pressEnter(window);
    await ask(window, 'send a file to the server');
    await pressEnter(window);
    const panel = await ask(window, 'a question that was only typed');
    const isEmptied = onScreen(panel, '   ');
    panel.setQuery('   ');
    await until(
      () => recentOf(panel).length === 2,
      () => `two recent questions, but ${recentOf(panel)}`,
    );
    assert.deepEqual(recentOf(panel), ['send a file to the server', QUESTION]);
    assert.deepEqual(groupsIn(panel), [['Recent searches', 2]]);
    assert.equal(panel.quickPick.busy, false);
    await isEmptied;
    await pressKey('Enter');
    await until(
      () =>
        panel.quickPick.value === 'send a file to the server' && hitsOf(panel)[0]?.hit.name === 'HttpClient.uploadFile',
      () => `the search that was chosen and its hits, not ${panel.quickPick.value}`,
    );
    await vscode.commands.executeCommand('kenning.clearHistory');
    panel.setQuery('');
    await until(
      () => panel.quickPick.items.length === 0,
      () => 'an empty list',
    );
    await pressEscape(window);
    assert.deepEqual(window.history.queries, []);
  });

  test('an operator that is begun is completed, and the hits stay below', async () => {
    const panel = await ask(window, QUESTION);
    panel.setQuery(`${QUESTION} lang:p`);
    assert.deepEqual(completionsOf(panel), ['lang:python', 'lang:php']);
    assert.equal(panel.quickPick.activeItems[0]?.label, 'lang:python');
    assert.equal(hitsOf(panel)[0]?.hit.name, 'parse_date');
    await until(
      () => !panel.quickPick.busy,
      () => 'an answer',
    );
    assert.equal(hitsOf(panel)[0]?.hit.name, 'parse_date');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await until(
      () => panel.quickPick.value === `${QUESTION} lang:python ` && !panel.quickPick.busy,
      () => `the completed question, not ${panel.quickPick.value}`,
    );
    assert.deepEqual(completionsOf(panel), []);
    assert.deepEqual([...new Set(hitsOf(panel).map(({ hit }) => hit.language))], ['python']);
    panel.setQuery(`${QUESTION} path:`);
    assert.ok(completionsOf(panel).includes('path:src/'));
    await pressEscape(window);
  });

  test('an operator that makes no sense says so, and leads to the question without it', async () => {
    const panel = await ask(window, `${QUESTION} kind:thing`);
    const [wrong] = noticesOf(panel);
    assert.match(wrong?.label ?? '', /thing/);
    assert.ok(hitsOf(panel).length > 0);
    assert.equal(panel.quickPick.activeItems[0], hitsOf(panel)[0]);
    await vscode.commands.executeCommand(wrong!.command, ...(wrong!.arguments ?? []));
    await until(
      () => panel.quickPick.value === QUESTION && noticesOf(panel).length === 0 && hitsOf(panel).length > 0,
      () => 'the question without it',
    );
    await pressEscape(window);
  });

  test('the search is narrowed to the file the user came from, for this and the next visit, and widened again', async () => {
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    const panel = await ask(window, QUESTION);
    const paths = (): string[] => [...new Set(hitsOf(window.panel!).map(({ hit }) => hit.path))];
    assert.ok(paths().length > 1);
    await vscode.commands.executeCommand('kenning._nextScope');
    assert.equal(panel.quickPick.title, 'Kenning: only in src/cart.go');
    await until(
      () => paths().join() === 'src/cart.go',
      () => `hits of cart.go alone, not of ${paths()}`,
    );
    assert.equal(panel.quickPick.value, QUESTION);
    await pressEscape(window);
    await ask(window, `${QUESTION} lang:python`);
    assert.deepEqual(
      noticesOf(window.panel!).map(({ command }) => command),
      ['kenning._wholeWorkspace'],
    );
    await vscode.commands.executeCommand('kenning._wholeWorkspace');
    await until(
      () => paths().includes('src/dates.py'),
      () => 'hits of the whole workspace',
    );
    assert.equal(window.panel?.quickPick.title, 'Kenning');
    await pressEscape(window);
  });

  test('keys do what the buttons of the active hit do', async () => {
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    const panel = await ask(window, QUESTION);
    await until(
      () => activePath() === 'src/dates.py',
      () => 'a preview',
    );
    await vscode.commands.executeCommand('kenning._hitCopy');
    assert.equal(await vscode.env.clipboard.readText(), 'src/dates.py:8');
    await vscode.commands.executeCommand('kenning._hitWhy');
    assert.equal(panel.quickPick.title, 'Why parse_date');
    await vscode.commands.executeCommand('kenning._hitWhy');
    assert.equal(panel.quickPick.title, 'Kenning');
    await vscode.commands.executeCommand('kenning._hitToSide');
    await until(
      () => activePath() === 'src/dates.py' && window.panel === null,
      () => 'the hit to the side',
    );
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
    assert.deepEqual(openTabs(), ['cart.go', 'dates.py']);
  });

  test('the results go to the side bar, the panel goes, and the editor is as it was', async () => {
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    await ask(window, QUESTION);
    await until(
      () => activePath() === 'src/dates.py',
      () => 'a preview',
    );
    await vscode.commands.executeCommand('kenning._sendToSideBar');
    await until(
      () => window.panel === null && openTabs().join() === 'cart.go',
      () => `the panel gone and cart.go alone open, not ${openTabs()}`,
    );
    const [file] = window.results.getChildren();
    assert.equal(file && 'hits' in file && file.path, 'src/dates.py');
  });

  test('a key lists code like the active hit, with a way back to the question', async () => {
    const panel = await ask(window, QUESTION);
    const [first] = hitsOf(panel);
    await vscode.commands.executeCommand('kenning._hitSimilar');
    await until(
      () =>
        panel.quickPick.title === 'Kenning: Similar to parse_date' &&
        panel.quickPick.value === '' &&
        !panel.quickPick.busy &&
        hitsOf(panel).length > 0,
      () => `code like it, but ${panel.quickPick.title}: ${panel.quickPick.value}`,
    );
    assert.ok(hitsOf(panel).every(({ hit }) => hit.path !== first!.hit.path || hit.startLine !== first!.hit.startLine));
    assert.equal(panel.quickPick.buttons[0], vscode.QuickInputButtons.Back);
    panel.back();
    await until(
      () => panel.quickPick.value === QUESTION && hitsOf(panel)[0]?.hit.name === 'parse_date',
      () => 'the question and its hits again',
    );
    assert.equal(panel.quickPick.title, 'Kenning');
    assert.equal(panel.quickPick.buttons.includes(vscode.QuickInputButtons.Back), false);
    await pressEscape(window);
  });

  test('the box is busy while a search is out', async () => {
    const panel = await ask(window, QUESTION);
    panel.setQuery(`${QUESTION} again`);
    assert.equal(panel.quickPick.busy, true);
    await until(
      () => !panel.quickPick.busy,
      () => 'an answer',
    );
    await pressEscape(window);
  });

  test('a place that is gone is told, not thrown', async () => {
    await vscode.commands.executeCommand('kenning.openToSide', { folder: '/nowhere', path: 'gone.py', startLine: 1 });
    assert.deepEqual(openTabs(), []);
  });
});
