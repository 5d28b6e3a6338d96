/** The box itself: what it says before anything is typed. */
import * as vscode from 'vscode';
import { hasPrompt, keepRankedOrder } from './ranked-order.ts';

export function prepareBox<T extends vscode.QuickPickItem>(quickPick: vscode.QuickPick<T>): void {
  keepRankedOrder(quickPick);
  quickPick.placeholder = hasPrompt(quickPick)
    ? vscode.l10n.t('Describe the code you are after')
    : vscode.l10n.t('Describe the code you are after; narrow with lang: path: kind: -tests "exact"');
}

/** Stands below the box, whatever is typed. */
export const narrowingPrompt = (): string =>
  vscode.l10n.t('Narrow with lang:go  path:src/http  kind:class  -tests  "exact words"');
