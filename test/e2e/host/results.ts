/** What can be done with results in the side bar, and the searches that are pinned there. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KenningWindow } from '../../../src/extension/window.ts';
import {
  activePath,
  ask,
  closeEverything,
  inRoot,
  kenning,
  openTabs,
  pressEscape,
  until,
  untilState,
} from './kenning.ts';

const QUESTION = 'how many days lie between two dates';

suite('results in the side bar', () => {
  let window: KenningWindow;
  const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(command, ...args);
  const copied = async (command: string, ...args: unknown[]): Promise<string> => {
    await run(command, ...args);
    return vscode.env.clipboard.readText();
  };

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
  });

  setup(async () => {
    await closeEverything();
    await ask(window, QUESTION);
    await pressEscape(window);
  });

  test('by rank they are one list with their places, and the choice is kept', async () => {
    await run('kenning.resultsByRank');
    const [first, ...rest] = window.results.getChildren();
    assert.ok(first && !('hits' in first));
    assert.equal(rest.length + 1, window.results.hits.length);
    assert.match(String(window.results.getTreeItem(first).description), /^src\/dates\.py:14 {2}def days_between/);
    assert.equal(window.results.getParent(first), undefined);
    assert.equal(window.context.workspaceState.get('kenning.resultOrder'), 'rank');
    await run('kenning.resultsByFile');
    assert.ok('hits' in window.results.getChildren()[0]!);
  });

  test('the badge and the message count what is left; asking again brings back what was dismissed', async () => {
    const { results } = window;
    const all = results.hits.length;
    assert.equal(results.view.badge?.value, all);
    assert.match(results.view.message ?? '', new RegExp(`^${all} results for “${QUESTION}”$`));
    const [file] = results.getChildren();
    assert.ok(file && 'hits' in file);
    await run('kenning.dismissResult', file.hits[0]);
    assert.equal(results.hits.length, all - 1);
    assert.match(results.view.message ?? '', /, 1 dismissed$/);
    const [again] = results.getChildren();
    await run('kenning.dismissResult', again, [again]);
    assert.ok(results.hits.every(({ path }) => path !== file.path));
    await run('kenning.refreshResults');
    assert.equal(results.hits.length, all);
    assert.equal(results.view.badge?.value, all);
  });

  test('an answer from one file says so, is asked again there, and does not share what was dismissed', async () => {
    const { results } = window;
    const all = results.hits.length;
    await vscode.window.showTextDocument(inRoot('src/cart.go'), { preview: false });
    await ask(window, QUESTION);
    await run('kenning._nextScope');
    const only = (): boolean => results.hits.length > 0 && results.hits.every(({ path }) => path === 'src/cart.go');
    await until(only, () => `hits of cart.go alone, not ${results.title()}`);
    await pressEscape(window);
    const found = results.hits.length;
    assert.match(results.view.message ?? '', new RegExp(`^${found} results? for “${QUESTION}”, only in src/cart.go$`));
    assert.equal(results.title(), `Results for “${QUESTION}”, only in src/cart.go`);
    await run('kenning.dismissResult', results.hits[0]);
    await run('kenning.refreshResults');
    assert.ok(only());
    assert.equal(results.hits.length, found);
    await run('kenning.dismissResult', results.hits[0]);
    await ask(window, QUESTION);
    await run('kenning._wholeWorkspace');
    await until(
      () => results.hits.length === all,
      () => `all hits, but ${results.hits.length}`,
    );
    assert.equal(results.within, undefined);
    await pressEscape(window);
  });

  test('an answer of another origin says where it comes from and is asked again there', async () => {
    const { results } = window;
    const answer = { query: '', hits: results.hits, functions: 1, complete: true, mayImprove: false, problems: [] };
    let asked = 0;
    const rerun = async (): Promise<typeof answer> => {
      asked++;
      return { ...answer, hits: answer.hits.slice(0, 1) };
    };
    results.show(answer, { origin: { title: 'Similar to parse_date', rerun } });
    assert.match(results.view.message ?? '', /^Similar to parse_date: \d+ results$/);
    assert.equal(results.query, null);
    await run('kenning.refreshResults');
    assert.equal(asked, 1);
    assert.equal(results.view.message, 'Similar to parse_date: 1 result');
  });

  test('places are copied one by one or all as a list', async () => {
    const [file, other] = window.results.getChildren();
    assert.ok(file && other && 'hits' in file && 'hits' in other);
    assert.equal(await copied('kenning.copyPlace', file.hits[0]), 'src/dates.py:14');
    assert.equal(await copied('kenning.copyPath', file, [file, other]), `src/dates.py\n${other.path}`);
    const list = await copied('kenning.copyResults');
    assert.match(list, new RegExp(`^Results for “${QUESTION}”:\n\n- \`src/dates.py:14\` \`days_between\`\n`));
    assert.equal(list.match(/^- /gm)?.length, window.results.hits.length);
  });

  test('all are opened, each file once, at its best hit', async () => {
    const files = window.results.getChildren().length;
    await run('kenning.openAllResults');
    await until(
      () => openTabs().length === files,
      () => `${files} tabs: ${openTabs()}`,
    );
    assert.ok(vscode.window.tabGroups.all.every(({ tabs }) => tabs.every(({ isPreview }) => !isPreview)));
  });

  test('a hit opens to the side', async () => {
    const [file] = window.results.getChildren();
    assert.ok(file && 'hits' in file);
    await run('kenning.openToSide', file.hits[0]);
    await until(
      () => activePath() === 'src/dates.py',
      () => 'dates.py',
    );
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 13);
  });

  test('a search is pinned once, run by a click, and unpinned', async () => {
    const { pinned, results } = window;
    await run('kenning.pinSearch');
    await run('kenning.pinSearch');
    assert.deepEqual(pinned.queries, [QUESTION]);
    assert.deepEqual(window.context.workspaceState.get('kenning.pinnedSearches'), [QUESTION]);
    results.clear();
    const [item] = pinned.getChildren().map((query) => pinned.getTreeItem(query));
    assert.equal(item?.label, QUESTION);
    await run(item!.command!.command, ...(item!.command!.arguments ?? []));
    assert.equal(results.query, QUESTION);
    assert.equal(results.hits[0]?.name, 'days_between');
    await run('kenning.openPinned', QUESTION);
    assert.equal(window.panel?.quickPick.value, QUESTION);
    await pressEscape(window);
    await run('kenning.unpinSearch', QUESTION);
    assert.deepEqual(pinned.getChildren(), []);
    await run('kenning.runPinned');
  });
});
