/**
 * Keeps the open folders' indexes in step with the window: folders that come and go, settings, edited files,
 * long absences. It decides when to update; the engine decides what that means.
 */
import { isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';
import type { EngineOptions } from '../engine/api/options.ts';
import type { ServiceClient } from '../service/client.ts';
import type { FolderState } from '../service/folder-state.ts';
import { WHOLE_FOLDER } from '../service/update-request.ts';
import { pathsIn } from '../service/workspace-request.ts';
import { Absence } from './absence.ts';
import { ChangeQueue } from './changes.ts';
import * as settings from './settings.ts';

/** Another window or the command line holds the index; it may let go. */
const LOCK_RETRY_MS = 30_000;
const UNINDEXED = 'kenning.unindexed';

interface Watched {
  readonly options: EngineOptions;
  readonly queue: ChangeQueue;
  readonly dispose: () => void;
}

export class Indexer implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #client: ServiceClient;
  readonly #watched = new Map<string, Watched>();
  readonly #subscriptions: vscode.Disposable[];
  #retry: NodeJS.Timeout | undefined;
  readonly #absence = new Absence();

  constructor(context: vscode.ExtensionContext, client: ServiceClient) {
    this.#context = context;
    this.#client = client;
    this.#subscriptions = [
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.sync()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (settings.affectsIndex(change)) this.sync();
      }),
      // A model that the workspace names counts from now on.
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.sync()),
      vscode.window.onDidChangeWindowState(({ focused }) => this.#followFocus(focused)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#save(uri)),
      // The editor's own doings are told at once, and whatever its watcher is told to leave out.
      vscode.workspace.onDidCreateFiles(({ files }) => this.#push(files)),
      vscode.workspace.onDidDeleteFiles(({ files }) => this.#push(files)),
      vscode.workspace.onDidRenameFiles(({ files }) =>
        this.#push(files.flatMap(({ oldUri, newUri }) => [oldUri, newUri])),
      ),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        // Another program has written what is open here: the editor watches that by itself, whatever it leaves out.
        const isReread = contentChanges.length > 0 && !document.isDirty;
        if (isReread && settings.hidesChanges(document.uri)) this.#push([document.uri]);
      }),
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

  /** Brings one folder, or all, up to date now, since the user says so. */
  update(folder?: string, request = WHOLE_FOLDER): void {
    for (const known of folder ? [folder] : this.#watched.keys()) {
      void this.#setUnindexed(known, false);
      this.#update(known, request);
    }
  }

  /** The folder then stays without an index until `update`. Rejects with `KenningError`, the index then as it was. */
  async deleteIndex(folder: string): Promise<void> {
    const wasUnindexed = this.#unindexed().includes(folder);
    await this.#setUnindexed(folder, true);
    try {
      await this.#client.deleteIndex(folder);
    } catch (error) {
      await this.#setUnindexed(folder, wasUnindexed);
      if (this.#isFollowed(folder)) this.#client.update(folder, WHOLE_FOLDER);
      throw error;
    }
  }

  /** What kept a folder from being opened, a drive that was not there, a lock, may be over: it is tried once more. */
  #update(folder: string, request = WHOLE_FOLDER): void {
    const options = this.#watched.get(folder)?.options;
    const hasFailed = this.#client.folders.some((state) => state.folder === folder && state.activity === 'failed');
    if (options && hasFailed) this.#client.openFolder(options);
    this.#client.update(folder, request);
  }

  /** Folders whose index the user has deleted. */
  #unindexed(): readonly string[] {
    return this.#context.globalState.get<readonly string[]>(UNINDEXED, []);
  }

  async #setUnindexed(folder: string, isUnindexed: boolean): Promise<void> {
    const known = this.#unindexed();
    if (known.includes(folder) === isUnindexed) return;
    const others = known.filter((other) => other !== folder);
    await this.#context.globalState.update(UNINDEXED, isUnindexed ? [...others, folder] : others);
  }

  #isFollowed(folder: string): boolean {
    return settings.autoIndex() && !this.#unindexed().includes(folder);
  }

  #add(folder: vscode.WorkspaceFolder): void {
    const options = this.#optionsOf(folder);
    const known = this.#watched.get(options.folder);
    const isSame = known && JSON.stringify(known.options) === JSON.stringify(options);
    if (!isSame) {
      known?.dispose();
      this.#watched.set(options.folder, { options, ...this.#watch(folder) });
      this.#client.openFolder(options);
    }
    if (this.#isFollowed(options.folder)) this.#update(options.folder);
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
  #watch(folder: vscode.WorkspaceFolder): Pick<Watched, 'queue' | 'dispose'> {
    const root = folder.uri.fsPath;
    const queue = new ChangeQueue(
      (request) => {
        if (this.#isFollowed(root)) this.#client.update(root, request);
      },
      (path) => stampOf(vscode.Uri.joinPath(folder.uri, path)),
    );
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/*'));
    const push = (uri: vscode.Uri): void => this.#push([uri], root);
    watcher.onDidCreate(push);
    watcher.onDidChange(push);
    // A deleted folder is one event under the folder's name: the engine takes a path for itself and all below it.
    watcher.onDidDelete(push);
    const dispose = (): void => {
      watcher.dispose();
      queue.dispose();
    };
    return { queue, dispose };
  }

  /** `only`: one of several folders that a file lies in. */
  #push(uris: readonly vscode.Uri[], only?: string): void {
    for (const { queue, path } of uris.flatMap((uri) => this.#placesOf(uri, only))) queue.push(path);
  }

  #save(uri: vscode.Uri): void {
    for (const { queue, path } of this.#placesOf(uri)) void queue.save(path);
  }

  #placesOf({ scheme, fsPath }: vscode.Uri, only?: string): { queue: ChangeQueue; path: string }[] {
    if (scheme !== 'file' || isWithin(this.#context.globalStorageUri.fsPath, fsPath)) return [];
    const folders = [...this.#watched].filter(([folder]) => only === undefined || folder === only);
    return folders.flatMap(([folder, { queue }]) => pathsIn(folder, [fsPath]).map((path) => ({ queue, path })));
  }

  #followFocus(focused: boolean): void {
    if (!focused) {
      this.#absence.begin(Date.now());
      return;
    }
    const wasLong = this.#absence.end(
      Date.now(),
      localFolders().some(({ uri }) => settings.hidesChanges(uri)),
    );
    if (!wasLong) return;
    for (const folder of this.#watched.keys()) {
      if (this.#isFollowed(folder)) this.#update(folder);
    }
  }

  #retryLocked(): void {
    if (this.#retry || this.#locked().length === 0) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      // As they are by now: an index that the user has deleted meanwhile is not to come back.
      for (const { folder } of this.#locked()) this.#update(folder);
    }, LOCK_RETRY_MS);
  }

  #locked(): readonly FolderState[] {
    return this.#client.folders.filter(({ error }) => error?.code === 'index-locked');
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

/** The time of its last change; null when there is no such file. */
async function stampOf(uri: vscode.Uri): Promise<number | null> {
  try {
    return (await vscode.workspace.fs.stat(uri)).mtime;
  } catch {
    return null;
  }
}
