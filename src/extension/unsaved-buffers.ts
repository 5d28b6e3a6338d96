/**
 * Tells the engine what the window's editors hold and have not saved, so that it is searched as it is. Which of these files
 * are indexed at all, the engine decides.
 */
import * as vscode from 'vscode';
import type { ServiceClient } from '../service/client.ts';
import { pathsIn } from '../service/workspace-request.ts';
import { UnsavedQueue } from './unsaved-queue.ts';

export class UnsavedBuffers implements vscode.Disposable {
  readonly #queue: UnsavedQueue;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(client: ServiceClient) {
    this.#queue = new UnsavedQueue((file, text) => {
      // Folders may lie one inside another: each has an index of its own.
      for (const { folder } of client.folders)
        for (const path of pathsIn(folder, [file])) client.setUnsaved(folder, path, text);
    });
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#follow(document)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#settle(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#settle(document)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.tellAll()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#queue.dispose();
  }

  /** Also what a window came back with, and what a new folder is to know. */
  tellAll(): void {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) this.#follow(document);
  }

  #follow(document: vscode.TextDocument): void {
    const file = fileOf(document);
    if (file === null) return;
    if (document.isDirty) this.#queue.typed(file, () => document.getText());
    else this.#queue.settled(file);
  }

  #settle(document: vscode.TextDocument): void {
    const file = fileOf(document);
    if (file !== null) this.#queue.settled(file);
  }
}

/** Absolute; null for what is no file. One that has never been saved counts if it is known where it will lie. */
function fileOf({ uri }: vscode.TextDocument): string | null {
  const isFile = uri.scheme === 'file' || (uri.scheme === 'untitled' && uri.path.startsWith('/'));
  return isFile ? uri.fsPath : null;
}
