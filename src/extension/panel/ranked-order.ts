/** Keeps a quick pick's items in the order they are given. */
import type { QuickPick, QuickPickItem } from 'vscode';

/**
 * A quick pick drops items whose label does not match what is typed and sorts the rest by label. `alwaysShow` on each
 * item stops the first; only this property, which the stable types do not name, stops the second
 * (https://github.com/microsoft/vscode/issues/73904). Where it is missing the assignment does nothing.
 */
export function keepRankedOrder<T extends QuickPickItem>(quickPick: QuickPick<T>): void {
  quickPick.matchOnDescription = false;
  quickPick.matchOnDetail = false;
  (quickPick as QuickPick<T> & { sortByLabel?: boolean }).sortByLabel = false;
}

/** Newer editors show a second line of help below the box. */
export function setPrompt<T extends QuickPickItem>(quickPick: QuickPick<T>, prompt: string): void {
  if ('prompt' in quickPick) (quickPick as QuickPick<T> & { prompt?: string }).prompt = prompt;
}
