/** The engine's process is killed: once, and more often than it may be. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { KenningWindow } from '../../../src/extension/window.ts';
import { ask, hitsOf, kenning, noticesOf, pressEscape, until, untilState } from './kenning.ts';

const QUESTION = 'the least recently used entry is evicted';

suite('crashes', () => {
  let window: KenningWindow;

  suiteSetup(async () => {
    window = await kenning();
    await untilState(window, 'ready');
  });

  const kill = async (): Promise<void> => {
    await until(
      () => window.client.pid !== undefined,
      () => 'a process',
    );
    const pid = window.client.pid!;
    process.kill(pid, 'SIGKILL');
    await until(
      () => window.client.pid !== pid,
      () => 'the end of the process',
    );
  };

  test('after one crash a search is answered by a new process', async () => {
    await kill();
    const panel = await ask(window, QUESTION);
    await until(
      () => hitsOf(panel)[0]?.hit.path === 'lib/lru_cache.rb',
      () => 'the hit',
    );
    await pressEscape(window);
    await untilState(window, 'ready');
  });

  test('after too many the panel says so and offers a restart, and commands explain', async () => {
    for (let i = 0; i < 4; i++) await kill();
    await untilState(window, 'failed');
    assert.match(window.statusBar.item.text, /error/);
    const panel = await ask(window, QUESTION);
    assert.deepEqual(
      noticesOf(panel).map(({ command }) => command),
      ['kenning.restartEngine', 'kenning.showLog'],
    );
    const commands = ['rebuildIndex', 'updateIndex', 'pauseIndexing', 'resumeIndexing', 'cancelIndexing'];
    for (const command of [...commands, 'findSimilar', 'findDuplicates', 'clearHighlights']) {
      await vscode.commands.executeCommand(`kenning.${command}`);
    }
    assert.equal(window.state().kind, 'failed');
    await assert.rejects(
      async () =>
        vscode.lm.invokeTool('kenning_search_code', { input: { query: QUESTION }, toolInvocationToken: undefined }),
      /more than 4 times.* use text search instead\..*Restart Search Engine/,
    );
    await vscode.commands.executeCommand('kenning.restartEngine');
    await untilState(window, 'ready');
    await until(
      () => hitsOf(panel).length > 0,
      () => 'hits in the open panel',
    );
    await pressEscape(window);
  });
});
