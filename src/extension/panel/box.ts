/** The box itself: what it says before anything is typed. */
import * as vscode from 'vscode';
import { keepRankedOrder, setPrompt } from './ranked-order.ts';

export function prepareBox<T extends vscode.QuickPickItem>(quickPick: vscode.QuickPick<T>): void {
  keepRankedOrder(quickPick);
  quickPick.placeholder = vscode.l10n.t(
    'Describe the code you are after; narrow with lang: path: kind: -tests "exact"',
  );
  setPrompt(quickPick, vscode.l10n.t('Narrow with lang:go  path:src/http  kind:class  -tests  "exact words"'));
}
