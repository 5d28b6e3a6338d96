/** Every command in every state of the engine: it works or says why it cannot, and none throws or keeps silent. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../../src/extension/commands.ts';
import type { SearchPanel } from '../../../src/extension/panel/panel.ts';
import { sentenceOf } from '../../../src/extension/texts.ts';
import type { KenningWindow } from '../../../src/extension/window.ts';
import type { WindowState } from '../../../src/extension/window-state.ts';
import { REBUILD } from '../../../src/service/update-request.ts';
import {
  ask,
  closeEverything,
  kenning,
  noticesOf,
  pressEscape,
  readWorkspaceAgain,
  until,
  untilState,
} from './kenning.ts';
import { patchEditor, type Run, runRecorded } from './recording.ts';

const QUESTION = 'turn a string like 3 May 2021 into a date';
const UNTOUCHED = 'nothing was copied';
/** A command that waits for a process that does not answer has not ended by then. */
const PATIENCE_MS = 300;

/** Without a folder, and with an engine that has failed, they have nothing to work on. */
const SEARCHING = [
  'pauseIndexing',
  'resumeIndexing',
  'cancelIndexing',
  'refreshResults',
  'runPinned',
  'updateIndex',
  'rebuildIndex',
  'deleteIndex',
  'whyNotIndexed',
  'findSimilar',
  'findDuplicates',
].map((name) => `kenning.${name}`);

interface Case {
  readonly state: WindowState['kind'];
  /** Where one state is reached in two ways. */
  readonly how?: string;
  reach(): Promise<unknown>;
  leave?(): Promise<unknown>;
  /** What the panel offers as the next step, above or in place of the hits; null: no more than hits. */
  readonly notice: string | null;
}

suite('every command in every state', () => {
  let window: KenningWindow;
  let folders: readonly vscode.WorkspaceFolder[];
  let frozen: number | undefined;
  const unpatch = patchEditor();

  const set = (name: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration('kenning').update(name, value, vscode.ConfigurationTarget.Workspace);

  /** The process stands still, so that a state that passes in a moment stays. */
  function freeze(): void {
    frozen = window.client.pid!;
    process.kill(frozen, 'SIGSTOP');
  }
  function thaw(): void {
    if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
    frozen = undefined;
  }

  async function holdAtWork(): Promise<void> {
    window.client.setPaused(true);
    for (const { folder } of window.client.folders) window.client.update(folder, REBUILD);
    await untilState(window, 'paused');
  }

  async function goOn(): Promise<void> {
    thaw();
    window.client.setPaused(false);
    window.indexer.update();
    await untilState(window, 'ready');
  }

  async function showFolders(...wanted: readonly { readonly uri: vscode.Uri }[]): Promise<void> {
    // The editor takes none while it has not settled those before.
    await until(
      () => vscode.workspace.updateWorkspaceFolders(0, vscode.workspace.workspaceFolders?.length ?? 0, ...wanted),
      () => `the editor to take ${wanted.length} folders`,
    );
    await until(
      () =>
        (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => String(uri)).join() ===
        wanted.map(({ uri }) => String(uri)).join(),
      () => `${wanted.length} folders, not ${vscode.workspace.workspaceFolders?.map(({ uri }) => uri)}`,
    );
  }

  const CASES: readonly Case[] = [
    { state: 'ready', reach: async () => undefined, notice: null },
    {
      state: 'ready',
      how: 'paused',
      reach: async () => window.client.setPaused(true),
      leave: async () => window.client.setPaused(false),
      notice: null,
    },
    { state: 'paused', reach: holdAtWork, leave: goOn, notice: 'kenning.resumeIndexing' },
    {
      state: 'indexing',
      reach: async () => {
        await holdAtWork();
        freeze();
        window.client.setPaused(false);
      },
      leave: goOn,
      notice: 'kenning.showIndex',
    },
    {
      state: 'partial',
      reach: async () => {
        for (const { folder } of window.client.folders) await window.client.deleteIndex(folder);
      },
      leave: goOn,
      notice: 'kenning.updateIndex',
    },
    {
      state: 'refining',
      reach: async () => {
        // At once: a moment later so few functions are refined.
        const catching = window.client.onDidChange(() => {
          if (window.state().kind === 'refining' && frozen === undefined) freeze();
        });
        await set('quality', 'balanced');
        await untilState(window, 'refining');
        catching.dispose();
      },
      leave: async () => {
        await set('quality', undefined);
        await goOn();
      },
      notice: null,
    },
    {
      state: 'starting',
      reach: async () => {
        const { pid } = window.client;
        process.kill(pid!, 'SIGKILL');
        await until(
          () => window.client.pid !== undefined && window.client.pid !== pid,
          () => 'a new process',
        );
        freeze();
      },
      leave: goOn,
      notice: 'kenning.showIndex',
    },
    {
      state: 'failed',
      reach: () => Promise.resolve(set('model', './no-such-model')),
      leave: async () => {
        await set('model', undefined);
        await untilState(window, 'ready');
      },
      notice: 'kenning.restartEngine',
    },
    { state: 'no-folder', reach: () => showFolders(), notice: 'kenning._openFolder' },
    {
      state: 'virtual',
      reach: () => showFolders({ uri: vscode.Uri.parse('kenning-test:/somewhere') }),
      leave: async () => {
        await showFolders(...folders);
        await untilState(window, 'ready');
      },
      notice: 'kenning._openFolder',
    },
  ];

  suiteSetup(async () => {
    vscode.workspace.registerFileSystemProvider('kenning-test', new EmptyFolder());
    await readWorkspaceAgain();
    window = await kenning();
    await untilState(window, 'ready');
    folders = [...vscode.workspace.workspaceFolders!];
    await ask(window, QUESTION);
    await pressEscape(window);
  });
  suiteTeardown(() => {
    thaw();
    unpatch();
  });

  for (const { state, how, reach, leave, notice } of CASES) {
    suite([state, how].filter((word) => word !== undefined).join(', '), () => {
      const waiting = new Map<string, Run>();

      suiteSetup(async () => {
        await closeEverything();
        if (state !== 'no-folder' && state !== 'virtual') {
          const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folders[0]!.uri, 'src/dates.py'));
          editor.selection = new vscode.Selection(9, 4, 9, 4);
        }
        await reach();
        await untilState(window, state);
      });
      suiteTeardown(async () => {
        thaw();
        await leave?.();
      });

      teardown(async () => {
        if (window.panel) await pressEscape(window);
      });

      for (const id of Object.keys(COMMANDS)) {
        test(id, async () => {
          assert.equal(window.state().kind, state, 'the state that is tested');
          if (isCopying(id)) await vscode.env.clipboard.writeText(UNTOUCHED);
          const run = runRecorded(window, id);
          if (frozen !== undefined && !(await isOverSoon(run))) waiting.set(id, run);
          else await assertNoticed(id, run);
        });
      }

      test('those that waited for the process end in order once it answers', async () => {
        thaw();
        for (const [id, run] of waiting) {
          await assertNoticed(id, run);
        }
      });

      /** While the process stands still there are no hits, and the box shows that it waits. */
      async function assertPanel(panel: SearchPanel): Promise<void> {
        const isFrozen = frozen !== undefined;
        await until(
          () => panel.quickPick.items.length > 0 || (isFrozen && panel.quickPick.busy),
          () => 'an item in the panel',
        );
        const offered = noticesOf(panel).map(({ command }) => command);
        if (notice && window.state().kind === state) assert.ok(offered.includes(notice), `${notice}: ${offered}`);
      }

      async function assertNoticed(id: string, run: Run): Promise<void> {
        await run.ended;
        if (window.panel) return assertPanel(window.panel);
        const { effects } = run;
        if (isCopying(id) && (await vscode.env.clipboard.readText()) !== UNTOUCHED) return;
        assert.ok(effects.length > 0, 'it is silent');
        const isWithoutEngine = state === 'failed' || state === 'no-folder' || state === 'virtual';
        if (!isWithoutEngine || !SEARCHING.includes(id)) return;
        const button = state === 'failed' ? '[Restart]' : '[Open Folder]';
        assert.deepEqual(effects, [`message: ${sentenceOf(window.state())} ${button}`]);
      }
    });
  }
});

/** The clipboard can be looked at, and not be listened to. */
const isCopying = (id: string): boolean => id.startsWith('kenning.copy');

const isOverSoon = ({ ended }: Run): Promise<boolean> =>
  Promise.race([
    ended.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS)),
  ]);

/** Enough for the editor to show a folder of. */
class EmptyFolder implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path !== '/somewhere') throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }
  readDirectory(): [string, vscode.FileType][] {
    return [];
  }
  readFile(uri: vscode.Uri): Uint8Array {
    throw vscode.FileSystemError.FileNotFound(uri);
  }
  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
