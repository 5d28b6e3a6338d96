/**
 * Files that are open or were used lately, as a small signal for ranking. Nothing of it is written anywhere: it goes to the
 * background process with each question and ends with the window.
 */
import * as vscode from 'vscode';
import type { NearFiles } from '../core/ranking/near.ts';
import { RecentFiles } from './recent-files.ts';

/** Nobody has more in mind, and every question carries them. */
const MOST_OPEN = 50;

export class WorkingSet implements vscode.Disposable {
  readonly #recent = new RecentFiles();
  readonly #isSearching: () => boolean;
  readonly #subscriptions: readonly vscode.Disposable[];

  /** `isSearching`: what the editor then shows is a preview, not a visit. */
  constructor(isSearching: () => boolean) {
    this.#isSearching = isSearching;
    this.#subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.noteActive()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Without changes it tells of the document's being saved.
        if (contentChanges.length > 0) this.#note(document.uri);
      }),
    ];
    this.noteActive();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Also for when a search has led to an editor that showed its preview: no event tells that this is now a visit. */
  noteActive(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor && !this.#isSearching()) this.#note(editor.document.uri);
  }

  /** Absolute paths of files on a disk. */
  near(): NearFiles {
    return { open: openFiles(), recent: this.#recent.paths() };
  }

  /** What the user is at, the current file first: absolute paths of files on a disk, each once. */
  atHand(): readonly string[] {
    const current = vscode.window.activeTextEditor?.document.uri;
    const { open, recent } = this.near();
    return [...new Set([...(current?.scheme === 'file' ? [current.fsPath] : []), ...open, ...recent])];
  }

  #note(uri: vscode.Uri): void {
    if (uri.scheme === 'file') this.#recent.note(uri.fsPath);
  }
}

/** What is in sight comes before the tabs behind it. */
function openFiles(): string[] {
  const inSight = vscode.window.visibleTextEditors.map(({ document }) => document.uri);
  const inTabs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(fileOf));
  const files = [...inSight, ...inTabs].filter(({ scheme }) => scheme === 'file');
  return [...new Set(files.map(({ fsPath }) => fsPath))].slice(0, MOST_OPEN);
}

/** Of a comparison, the side that is worked on. */
function fileOf({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.modified] : [];
}
