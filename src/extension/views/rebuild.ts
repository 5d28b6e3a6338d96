/** A rebuild that the user has asked for, shown until it ends: how far it is, the way to the log, and a way out. */
import * as vscode from 'vscode';
import type { FolderState } from '../../service/folder-state.ts';
import { REBUILD } from '../../service/update-request.ts';
import { errorText } from '../error-texts.ts';
import { count } from '../texts.ts';
import type { KenningWindow } from '../window.ts';

/** Of one folder, or of all. */
export function rebuild(window: KenningWindow, folder?: string): void {
  window.client.setPaused(false);
  window.indexer.update(folder, REBUILD);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Kenning is rebuilding the index'),
    cancellable: true,
  };
  void vscode.window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => window.client.cancelUpdates(folder));
    return follow(window, folder, progress);
  });
}

/** Until no update is left; a process that has crashed and comes back goes on with it. */
async function follow(
  window: KenningWindow,
  folder: string | undefined,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): Promise<void> {
  const { client } = window;
  const folders = (): readonly FolderState[] =>
    client.folders.filter((state) => folder === undefined || state.folder === folder);
  const isOver = (): boolean => folders().every(({ activity }) => ENDED.includes(activity));
  const ended = Promise.withResolvers<void>();
  let shownPercent = 0;
  const show = (): void => {
    const { message, percent } = progressOf(folders());
    progress.report({ message, increment: Math.max(0, percent - shownPercent) });
    shownPercent = Math.max(shownPercent, percent);
    if (isOver()) ended.resolve();
  };
  const listener = client.onDidChange(show);
  show();
  await ended.promise;
  listener.dispose();
  tellFailure(window, folders());
}

const ENDED: readonly FolderState['activity'][] = ['idle', 'refining', 'failed'];

/** The link is one of the editor's own: its notifications read them in plain text. */
function progressOf(folders: readonly FolderState[]): { message: string; percent: number } {
  const counted = folders.flatMap(({ progress }) => (progress?.phase === 'index' ? [progress] : []));
  const done = counted.reduce((sum, progress) => sum + progress.done, 0);
  const total = counted.reduce((sum, progress) => sum + progress.total, 0);
  const files =
    total > 0 ? vscode.l10n.t('file {0} of {1}', count(done), count(total)) : vscode.l10n.t('looking for files');
  const log = vscode.l10n.t('Show Log');
  return { message: `${files} ([${log}](command:kenning.showLog))`, percent: total > 0 ? (100 * done) / total : 0 };
}

function tellFailure(window: KenningWindow, folders: readonly FolderState[]): void {
  const error = folders.find((state) => state.error)?.error;
  if (!error) return;
  const log = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(vscode.l10n.t('Kenning: {0}', errorText(error)), log).then((choice) => {
    if (choice === log) window.log.show();
  });
}
