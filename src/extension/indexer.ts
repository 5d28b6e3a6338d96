/**
 * Keeps the open folders' indexes in step with the window: folders that come and go, settings, edited files,
 * long absences. It decides when to update; the engine decides what that means.
 */
import { isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { EngineOptions } from '../engine/api.ts';
import type { ServiceClient } from '../service/client.ts';
import { WHOLE_FOLDER } from '../service/update-request.ts';
import { ChangeQueue } from './changes.ts';
import * as settings from './settings.ts';

/** The watcher may have missed changes while the machine slept or another program was at work. */
const ABSENCE_MS = 5 * 60_000;
/** Another window or the command line holds the index; it may let go. */
const LOCK_RETRY_MS = 30_000;

interface Watched {
  readonly options: EngineOptions;
  readonly dispose: () => void;
}

export class Indexer implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #client: ServiceClient;
  readonly #watched = new Map<string, Watched>();
  readonly #subscriptions: vscode.Disposable[];
  #retry: NodeJS.Timeout | undefined;
  #leftAtMs: number | null = null;

  constructor(context: vscode.ExtensionContext, client: ServiceClient) {
    this.#context = context;
    this.#client = client;
    this.#subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.sync()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (settings.affectsIndex(change)) this.sync();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => this.#followFocus(focused)),
      client.onDidChange(() => this.#retryLocked()),
    ];
  }

  dispose(): void {
    clearTimeout(this.#retry);
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const { dispose } of this.#watched.values()) dispose();
  }

  /** Opens folders that are new or whose options have changed, closes those that are gone. Nothing else is touched. */
  sync(): void {
    const wanted = new Map(localFolders().map((folder) => [folder.uri.fsPath, folder]));
    for (const folder of this.#watched.keys()) if (!wanted.has(folder)) this.#remove(folder);
    for (const folder of wanted.values()) this.#add(folder);
  }

  /** Brings one folder, or all, up to date now, whatever `autoIndex` says. */
  update(folder?: string, request = WHOLE_FOLDER): void {
    for (const known of folder ? [folder] : this.#watched.keys()) this.#client.update(known, request);
  }

  #add(folder: vscode.WorkspaceFolder): void {
    const options = this.#optionsOf(folder);
    const known = this.#watched.get(options.folder);
    const isSame = known && JSON.stringify(known.options) === JSON.stringify(options);
    if (!isSame) {
      known?.dispose();
      this.#watched.set(options.folder, { options, dispose: this.#watch(folder) });
      this.#client.openFolder(options);
    }
    if (settings.autoIndex()) this.#client.update(options.folder, WHOLE_FOLDER);
  }

  #remove(folder: string): void {
    this.#watched.get(folder)?.dispose();
    this.#watched.delete(folder);
    this.#client.closeFolder(folder);
  }

  #optionsOf({ uri }: vscode.WorkspaceFolder): EngineOptions {
    return {
      folder: uri.fsPath,
      storageDir: this.#context.globalStorageUri.fsPath,
      installDir: this.#context.extensionPath,
      excludes: settings.excludes(uri),
      vectorIndex: settings.vectorIndex(uri),
      model: settings.model(uri),
      quality: settings.quality(uri),
    };
  }

  /** Through the editor's own watcher: a second one would eat up the system's watches. */
  #watch(folder: vscode.WorkspaceFolder): () => void {
    const root = folder.uri.fsPath;
    const queue = new ChangeQueue((request) => {
      if (settings.autoIndex()) this.#client.update(root, request);
    });
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
    const push = ({ fsPath }: vscode.Uri): void => {
      if (!isWithin(this.#context.globalStorageUri.fsPath, fsPath))
        queue.push(relative(root, fsPath).replaceAll(sep, '/'));
    };
    watcher.onDidCreate(push);
    watcher.onDidChange(push);
    // A deleted folder is one event under the folder's name: the engine takes a path for itself and all below it.
    watcher.onDidDelete(push);
    return () => {
      watcher.dispose();
      queue.dispose();
    };
  }

  #followFocus(focused: boolean): void {
    if (!focused) {
      this.#leftAtMs ??= Date.now();
      return;
    }
    const wasLong = this.#leftAtMs !== null && Date.now() - this.#leftAtMs > ABSENCE_MS;
    this.#leftAtMs = null;
    if (wasLong && settings.autoIndex()) this.update();
  }

  #retryLocked(): void {
    const locked = this.#client.folders.filter(({ error }) => error?.code === 'index-locked');
    if (locked.length === 0 || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      for (const { folder, activity } of locked) {
        const options = this.#watched.get(folder)?.options;
        if (activity === 'failed' && options) this.#client.openFolder(options);
        this.#client.update(folder, WHOLE_FOLDER);
      }
    }, LOCK_RETRY_MS);
  }
}

/** Folders that lie on a disk of the machine the extension runs on. */
export function localFolders(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

export function virtualFolderCount(): number {
  return (vscode.workspace.workspaceFolders ?? []).length - localFolders().length;
}

function isWithin(parent: string, path: string): boolean {
  const way = relative(parent, path);
  return !way.startsWith('..') && !isAbsolute(way);
}
