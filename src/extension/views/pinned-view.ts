/** The workspace's pinned searches: questions that are asked now and then. The list outlives the window. */
import * as vscode from 'vscode';
import { neighbours } from './after-removal.ts';
import type { ResultsView } from './results-view.ts';

const PINNED = 'kenning.pinnedSearches';

export class PinnedView implements vscode.TreeDataProvider<string>, vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #results: ResultsView;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly view: vscode.TreeView<string>;
  readonly #listener: vscode.Disposable;

  /** `results`: whose question is pinned next. */
  constructor(memento: vscode.Memento, results: ResultsView) {
    this.#memento = memento;
    this.#results = results;
    this.view = vscode.window.createTreeView('kenning.pinned', { treeDataProvider: this, canSelectMany: true });
    this.#listener = results.onDidChangeTreeData(() => this.#setContext());
    this.#setContext();
  }

  dispose(): void {
    this.#listener.dispose();
    this.view.dispose();
    this.#changed.dispose();
  }

  /** The latest first. */
  get queries(): readonly string[] {
    return this.#memento.get<readonly string[]>(PINNED, []);
  }

  /** What was pinned before stays where it is. */
  async pin(query: string): Promise<void> {
    if (!this.queries.includes(query)) await this.#store([query, ...this.queries]);
  }

  /** Resolves when the focus is on what is next. */
  async unpin(queries: readonly string[]): Promise<void> {
    const near = queries.slice(-1).flatMap((query) => neighbours<string>(this, query, String));
    await this.#store(this.queries.filter((query) => !queries.includes(query)));
    const next = near.find((query) => this.queries.includes(query));
    if (next !== undefined && this.view.visible) await this.view.reveal(next, { focus: true, select: false });
  }

  getChildren(query?: string): string[] {
    return query === undefined ? [...this.queries] : [];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(query: string): vscode.TreeItem {
    const item = new vscode.TreeItem(query, vscode.TreeItemCollapsibleState.None);
    item.id = query;
    item.tooltip = query;
    item.iconPath = new vscode.ThemeIcon('pinned');
    item.contextValue = 'pinned';
    item.command = { command: 'kenning.runPinned', title: vscode.l10n.t('Search'), arguments: [query] };
    item.accessibilityInformation = { label: vscode.l10n.t('Pinned search {0}', query) };
    return item;
  }

  async #store(queries: readonly string[]): Promise<void> {
    await this.#memento.update(PINNED, queries);
    this.#setContext();
    this.#changed.fire();
  }

  #setContext(): void {
    const { query } = this.#results;
    const hasUnpinned = query !== null && query !== '' && !this.queries.includes(query);
    void vscode.commands.executeCommand('setContext', 'kenning.hasUnpinned', hasUnpinned);
    void vscode.commands.executeCommand('setContext', 'kenning.hasPinned', this.queries.length > 0);
  }
}
