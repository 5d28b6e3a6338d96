/** The side bar's account of each folder's index: what it covers, what it costs, what was left out and why. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { IndexProgress } from '../../engine/api.ts';
import type { ServiceClient } from '../../service/client.ts';
import type { FolderState } from '../../service/folder-session.ts';
import { bytes, count, refinedText } from '../texts.ts';
import { functionsOf, refinedOf } from '../window-state.ts';
import { skipLabel } from './skip-labels.ts';

interface FactNode {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly icon?: string;
  readonly facts?: readonly FactNode[];
}

const REFRESH_MS = 400;

export type IndexNode = FolderState | FactNode;

export class IndexView implements vscode.TreeDataProvider<IndexNode>, vscode.Disposable {
  readonly #client: ServiceClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<IndexNode>;
  readonly #listener: { dispose(): void };
  #shown = '';
  #pending: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(client: ServiceClient) {
    this.#client = client;
    this.#view = vscode.window.createTreeView('kenning.index', { treeDataProvider: this });
    this.#listener = client.onDidChange(() => this.#refreshSoon());
  }

  dispose(): void {
    clearTimeout(this.#pending);
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
}

function folderItem(state: FolderState, client: ServiceClient): vscode.TreeItem {
  const isOnly = client.folders.length === 1;
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(basename(state.folder), isOnly ? Expanded : Collapsed);
  item.id = state.folder;
  item.description = activityOf(state, client.paused);
  item.iconPath = new vscode.ThemeIcon(iconOf(state, client.paused));
  item.tooltip = state.folder;
  item.contextValue = 'folder';
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
  return status?.complete ? 'pass' : 'circle-large-outline';
}

function activityOf(state: FolderState, paused: boolean): string {
  const { activity, progress, error, status } = state;
  switch (activity) {
    case 'closed':
    case 'opening':
      return vscode.l10n.t('starting');
    case 'failed':
      return error?.message ?? vscode.l10n.t('failed');
    case 'updating': {
      const counted = progress && progress.total > 0;
      const done = counted ? vscode.l10n.t('{0} of {1} files', count(progress.done), count(progress.total)) : '';
      const work = paused ? vscode.l10n.t('paused') : workOf(progress?.phase);
      return [work, done].filter((part) => part !== '').join(' · ');
    }
    case 'refining':
      return paused ? vscode.l10n.t('paused') : vscode.l10n.t('making vectors better');
    case 'idle':
      if (error) return error.message;
      return status?.complete ? vscode.l10n.t('up to date') : vscode.l10n.t('not complete');
  }
}

function workOf(phase: IndexProgress['phase'] | undefined): string {
  if (phase === 'graph') return vscode.l10n.t('building the vector graph');
  return phase === 'index' ? vscode.l10n.t('indexing') : vscode.l10n.t('looking for changes');
}

function factsOf(state: FolderState): readonly FactNode[] {
  const { status, error } = state;
  const fact = (label: string, value: string, icon: string): FactNode => ({
    id: `${state.folder}\0${label}`,
    label,
    value,
    icon,
  });
  const facts: FactNode[] = [];
  if (error) facts.push(fact(vscode.l10n.t('Problem'), error.message, 'warning'));
  if (!status) return facts;
  facts.push(fact(vscode.l10n.t('Functions'), count(functionsOf(state)), 'symbol-method'));
  const refined = refinedOf(state);
  if (refined !== null) {
    facts.push(fact(vscode.l10n.t('Better vectors'), refinedText(refined, functionsOf(state)), 'sparkle'));
  }
  facts.push(
    fact(vscode.l10n.t('Files'), count(status.files), 'files'),
    fact(vscode.l10n.t('On disk'), bytes(status.bytes), 'database'),
    fact(vscode.l10n.t('Model'), status.model, 'chip'),
    fact(vscode.l10n.t('Vector index'), vectorIndexName(status.vectorIndex), 'type-hierarchy'),
    fact(vscode.l10n.t('Last update'), when(status.updatedAt), 'history'),
  );
  const skipped = skippedFact(state);
  if (skipped) facts.push(skipped);
  for (const notice of status.notices) facts.push(fact(vscode.l10n.t('Note'), notice, 'info'));
  return facts;
}

function skippedFact({ folder, status }: FolderState): FactNode | null {
  const reasons = Object.entries(status?.skipped ?? {}).filter(([, n]) => n > 0);
  if (reasons.length === 0) return null;
  const id = `${folder}\0skipped`;
  const total = reasons.reduce((sum, [, n]) => sum + n, 0);
  const facts = reasons
    .sort(([, a], [, b]) => b - a)
    .map(([code, n]) => ({ id: `${id}\0${code}`, label: skipLabel(code), value: count(n) }));
  return { id, label: vscode.l10n.t('Left out'), value: count(total), icon: 'circle-slash', facts };
}

function vectorIndexName(index: 'exact' | 'graph'): string {
  return index === 'graph' ? vscode.l10n.t('graph (HNSW)') : vscode.l10n.t('exact scan');
}

function when(updatedAt: number | null): string {
  return updatedAt === null ? vscode.l10n.t('never') : new Date(updatedAt).toLocaleString();
}
