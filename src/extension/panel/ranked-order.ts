/** What a quick pick does beyond the stable types: keep its items in order, a line of help, icons of files. */
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
export const hasPrompt = (quickPick: object): boolean => 'prompt' in quickPick;

/** Undefined: none. */
export function setPrompt<T extends QuickPickItem>(quickPick: QuickPick<T>, prompt: string | undefined): void {
  if (hasPrompt(quickPick)) (quickPick as QuickPick<T> & { prompt?: string | undefined }).prompt = prompt;
}

/** Items have `resourceUri` since the same version (1.108) as a quick pick has `prompt`; earlier no icon would come of it. */
export const hasFileIcons = hasPrompt;
