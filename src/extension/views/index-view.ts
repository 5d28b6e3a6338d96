/** The side bar's account of each folder's index: what is going on, and below it what the index holds. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { IndexProgress } from '../../engine/api/work.ts';
import type { ServiceClient } from '../../service/client.ts';
import type { FolderState } from '../../service/folder-state.ts';
import { errorText } from '../error-texts.ts';
import { type FactNode, factsOf, percentOf } from './index-facts.ts';

const REFRESH_MS = 400;

/** For the menus: a pause is offered where something is being done. */
const CONTEXTS: Partial<Record<FolderState['activity'], string>> = {
  idle: 'folder.still',
  updating: 'folder.working',
  refining: 'folder.working',
};

export type IndexNode = FolderState | FactNode;

export class IndexView implements vscode.TreeDataProvider<IndexNode>, vscode.Disposable {
  readonly #client: ServiceClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<IndexNode>;
  readonly #listener: { dispose(): void };
  #shown = '';
  #pending: NodeJS.Timeout | undefined;
  #endProgress: (() => void) | null = null;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(client: ServiceClient) {
    this.#client = client;
    this.#view = vscode.window.createTreeView('kenning.index', { treeDataProvider: this });
    this.#listener = client.onDidChange(() => {
      this.#showProgress();
      this.#refreshSoon();
    });
  }

  dispose(): void {
    clearTimeout(this.#pending);
    this.#endProgress?.();
    this.#listener.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  getChildren(node?: IndexNode): IndexNode[] {
    if (!node) return [...this.#client.folders];
    return [...('folder' in node ? factsOf(node) : (node.facts ?? []))];
  }

  getTreeItem(node: IndexNode): vscode.TreeItem {
    return 'folder' in node ? folderItem(node, this.#client) : factItem(node);
  }

  /** The editor waits for a lull before it redraws a tree, and progress knows none: so a few times a second. */
  #refreshSoon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      const shown = JSON.stringify([this.#client.folders, this.#client.paused]);
      if (shown !== this.#shown) this.#changed.fire();
      this.#shown = shown;
    }, REFRESH_MS);
  }

  /** The view's own thin bar, for routine work that deserves no more. */
  #showProgress(): void {
    const isWorking = !this.#client.paused && this.#client.folders.some(({ activity }) => activity === 'updating');
    if (isWorking === (this.#endProgress !== null)) return;
    this.#endProgress?.();
    this.#endProgress = null;
    if (!isWorking) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#endProgress = resolve;
    void vscode.window.withProgress({ location: { viewId: 'kenning.index' } }, () => promise);
  }
}

function folderItem(state: FolderState, client: ServiceClient): vscode.TreeItem {
  const isOnly = client.folders.length === 1;
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(basename(state.folder), isOnly ? Expanded : Collapsed);
  item.id = state.folder;
  item.description = activityOf(state, client.paused);
  item.iconPath = new vscode.ThemeIcon(iconOf(state, client.paused));
  item.tooltip = `${state.folder}\n${item.description}`;
  item.contextValue = CONTEXTS[state.activity] ?? 'folder';
  item.accessibilityInformation = { label: `${basename(state.folder)}, ${item.description}` };
  return item;
}

function factItem({ id, label, value, icon, facts }: FactNode): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, facts ? Collapsed : None);
  item.id = id;
  item.description = value;
  item.tooltip = `${label}: ${value}`;
  if (icon) item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}

function iconOf({ activity, error, status }: FolderState, paused: boolean): string {
  if (activity === 'failed') return 'error';
  if (activity === 'updating' || activity === 'refining') return paused ? 'debug-pause' : 'sync~spin';
  if (activity !== 'idle') return 'loading~spin';
  if (error) return 'warning';
  if (paused) return 'debug-pause';
  return status?.complete ? 'pass' : 'circle-large-outline';
}

function activityOf(state: FolderState, paused: boolean): string {
  const { activity, progress, error, status } = state;
  switch (activity) {
    case 'closed':
    case 'opening':
      return vscode.l10n.t('starting');
    case 'failed':
      return error ? errorText(error) : vscode.l10n.t('failed');
    case 'updating': {
      const percent = percentOf(state);
      // No files: the status bar counts them, and a tree is drawn later than that.
      const done = percent === null ? '' : vscode.l10n.t('{0} %', percent);
      const work = paused ? vscode.l10n.t('paused') : workOf(progress?.phase);
      return [work, done].filter((part) => part !== '').join(' · ');
    }
    case 'refining':
      return paused ? vscode.l10n.t('paused') : vscode.l10n.t('making vectors better');
    case 'idle':
      if (error) return errorText(error);
      return [stillText(status), paused ? vscode.l10n.t('paused') : ''].filter((part) => part !== '').join(' · ');
  }
}

function stillText(status: FolderState['status']): string {
  if (status?.complete) return vscode.l10n.t('up to date');
  return status?.functions ? vscode.l10n.t('not complete') : vscode.l10n.t('not indexed');
}

function workOf(phase: IndexProgress['phase'] | undefined): string {
  if (phase === 'graph') return vscode.l10n.t('building the vector graph');
  return phase === 'index' ? vscode.l10n.t('indexing') : vscode.l10n.t('looking for changes');
}
