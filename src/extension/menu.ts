/** What a click on the status bar offers: the actions that make sense in the present state, and no others. */
import * as vscode from 'vscode';
import { sentenceOf } from './texts.ts';
import type { WindowState } from './window-state.ts';

export interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
}

export function menuItems(state: WindowState): readonly MenuItem[] {
  const item = (icon: string, label: string, command: string): MenuItem => ({ label: `$(${icon}) ${label}`, command });
  const search = item('search', vscode.l10n.t('Search Code by Description'), 'kenning.search');
  const update = item('refresh', vscode.l10n.t('Look for Changes Now'), 'kenning.updateIndex');
  const pause = item('debug-pause', vscode.l10n.t('Pause Indexing'), 'kenning.pauseIndexing');
  const resume = item('debug-continue', vscode.l10n.t('Resume Indexing'), 'kenning.resumeIndexing');
  const cancel = item('debug-stop', vscode.l10n.t('Cancel Indexing'), 'kenning.cancelIndexing');
  const rebuild = item('debug-rerun', vscode.l10n.t('Rebuild Index'), 'kenning.rebuildIndex');
  const restart = item('debug-restart', vscode.l10n.t('Restart Search Engine'), 'kenning.restartEngine');
  const views = [
    item('list-tree', vscode.l10n.t('Show Index'), 'kenning.showIndex'),
    item('output', vscode.l10n.t('Show Log'), 'kenning.showLog'),
  ];
  switch (state.kind) {
    case 'no-folder':
    case 'virtual':
      return [item('folder-opened', vscode.l10n.t('Open Folder'), 'kenning._openFolder'), ...views];
    case 'failed':
      return [restart, ...views];
    case 'starting':
      return [search, restart, ...views];
    case 'indexing':
      return [search, pause, cancel, ...views];
    case 'refining':
      return [search, update, pause, cancel, rebuild, ...views];
    case 'paused':
      return [search, resume, cancel, ...views];
    default:
      return [search, update, ...('paused' in state ? [resume] : []), rebuild, ...views];
  }
}

/** The command that the user chose. */
export async function askMenu(state: WindowState): Promise<string | undefined> {
  const title = `Kenning: ${sentenceOf(state)}`;
  const chosen = await vscode.window.showQuickPick(menuItems(state), {
    title,
    placeHolder: vscode.l10n.t('Select an action'),
  });
  return chosen?.command;
}
