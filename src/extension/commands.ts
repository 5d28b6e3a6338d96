/**
 * Every command and what it does in each state of the engine. One that cannot work says why and offers the next step;
 * none is silent. The manifest lists the same names, which a test holds together.
 */
import * as vscode from 'vscode';
import { parseQuery } from '../core/query/parse-query.ts';
import type { FolderHit } from '../service/merge.ts';
import { REBUILD } from '../service/update-request.ts';
import { placeOf, uriOf } from './hit.ts';
import { askMenu } from './menu.ts';
import { sentenceOf } from './texts.ts';
import type { FileNode } from './views/result-tree.ts';
import type { KenningWindow } from './window.ts';
import type { WindowState } from './window-state.ts';

type Command = (window: KenningWindow, ...args: never[]) => unknown;

export const COMMANDS: Readonly<Record<string, Command>> = {
  'kenning.search': (window, query?: string) => window.openPanel(query),
  'kenning.updateIndex': whenSearchable((window) => window.indexer.update()),
  'kenning.rebuildIndex': whenSearchable(rebuild),
  'kenning.pauseIndexing': whenSearchable((window) => window.client.setPaused(true)),
  'kenning.resumeIndexing': whenSearchable((window) => window.client.setPaused(false)),
  'kenning.cancelIndexing': whenSearchable(cancel),
  'kenning.restartEngine': (window) => (isWithoutFolder(window.state()) ? explain(window.state()) : window.restart()),
  'kenning.showLog': (window) => window.log.show(),
  'kenning.showMenu': showMenu,
  'kenning.showResults': () => vscode.commands.executeCommand('kenning.results.focus'),
  'kenning.showIndex': () => vscode.commands.executeCommand('kenning.index.focus'),
  'kenning.clearResults': (window) => window.results.clear(),
  'kenning.openToSide': (_, node: FileNode | FolderHit) => openToSide(node),
  'kenning.copyPlace': (_, node: FileNode | FolderHit) => copyPlace(node),
  'kenning._openFolder': () => vscode.commands.executeCommand('workbench.action.files.openFolder'),
  'kenning._dropFilters': (window) => window.panel?.setQuery(withoutFilters(window.panel.quickPick.value)),
};

/** Registers the table; a command that throws is logged and told. */
export function registerCommands(window: KenningWindow): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([id, command]) =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        await command(window, ...args);
      } catch (error) {
        window.log.error(id, error);
        const reason = error instanceof Error ? error.message : String(error);
        void vscode.window.showErrorMessage(vscode.l10n.t('Kenning: {0}', reason));
      }
    }),
  );
}

function whenSearchable(command: Command): Command {
  return (window, ...args) => {
    const state = window.state();
    return isWithoutFolder(state) || state.kind === 'failed' ? explain(state) : command(window, ...args);
  };
}

const isWithoutFolder = ({ kind }: WindowState): boolean => kind === 'no-folder' || kind === 'virtual';

/** Not awaited by the caller's caller: the message may stay for long. */
function explain(state: WindowState): void {
  const restart = vscode.l10n.t('Restart');
  const open = vscode.l10n.t('Open Folder');
  const ask =
    state.kind === 'failed'
      ? vscode.window.showErrorMessage(sentenceOf(state), restart)
      : vscode.window.showInformationMessage(sentenceOf(state), open);
  ask.then(
    (choice) => {
      if (choice === restart) void vscode.commands.executeCommand('kenning.restartEngine');
      if (choice === open) void vscode.commands.executeCommand('kenning._openFolder');
    },
    () => undefined,
  );
}

/** From the index view one folder, else all. */
function rebuild(window: KenningWindow, node?: { readonly folder?: string }): void {
  window.client.setPaused(false);
  window.indexer.update(node?.folder, REBUILD);
}

function cancel(window: KenningWindow): void {
  window.client.cancelUpdates();
  window.client.setPaused(false);
}

async function showMenu(window: KenningWindow): Promise<void> {
  const command = await askMenu(window.state());
  if (command) await vscode.commands.executeCommand(command);
}

async function openToSide(node: FileNode | FolderHit): Promise<void> {
  const line = 'hits' in node ? 0 : node.startLine - 1;
  const selection = new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(uriOf(node), { viewColumn: vscode.ViewColumn.Beside, selection });
}

async function copyPlace(node: FileNode | FolderHit): Promise<void> {
  await vscode.env.clipboard.writeText('hits' in node ? node.path : placeOf(node));
}

/** The words of a phrase are still asked about. */
const withoutFilters = (query: string): string => parseQuery(query).text;
