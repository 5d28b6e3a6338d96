/** What all commands share: their type, and the ways out for those that need a folder, an engine or a result and have none. */
import * as vscode from 'vscode';
import { sentenceOf } from './texts.ts';
import type { KenningWindow } from './window.ts';
import type { WindowState } from './window-state.ts';

export type Command = (window: KenningWindow, ...args: never[]) => unknown;

export function whenSearchable(command: Command): Command {
  return (window, ...args) => {
    const state = window.state();
    return isWithoutFolder(state) || state.kind === 'failed' ? explain(state) : command(window, ...args);
  };
}

export const isWithoutFolder = ({ kind }: WindowState): boolean => kind === 'no-folder' || kind === 'virtual';

/** Of a command that has nothing to act on: searching is what leads there. */
export function explainLack(text: string): void {
  const search = vscode.l10n.t('Search');
  vscode.window.showInformationMessage(text, search).then(
    (choice) => choice === search && vscode.commands.executeCommand('kenning.search'),
    () => undefined,
  );
}

/** Not awaited by the caller's caller: the message may stay for long. */
export function explain(state: WindowState): void {
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
