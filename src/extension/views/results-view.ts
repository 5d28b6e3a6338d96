/** The side bar's list of the last answer. It shows and opens; searching happens in the panel. */
import { basename, dirname } from 'node:path/posix';
import * as vscode from 'vscode';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import { iconOf, keyOf, placeOf, uriOf } from '../hit.ts';
import { reasonLines, scoreText } from '../texts.ts';
import { type AlsoHit, alsoHits, type FileNode, groupByFile, highlightsIn } from './result-tree.ts';

export type ResultNode = FileNode | FolderHit | AlsoHit;

export class ResultsView implements vscode.TreeDataProvider<ResultNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<ResultNode>;
  #files: readonly FileNode[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor() {
    this.#view = vscode.window.createTreeView('kenning.results', { treeDataProvider: this, showCollapseAll: true });
    this.clear();
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }

  show({ query, hits, complete }: WorkspaceAnswer): void {
    this.#files = groupByFile(hits);
    const found =
      hits.length === 1
        ? vscode.l10n.t('1 result for “{0}”', query)
        : vscode.l10n.t('{0} results for “{1}”', hits.length, query);
    this.#view.message = complete ? found : vscode.l10n.t('{0}, from an index that is not complete yet', found);
    this.#refresh();
  }

  clear(): void {
    this.#files = [];
    // Not undefined: an emptied tree shows its welcome text.
    this.#view.message = '';
    this.#refresh();
  }

  getChildren(node?: ResultNode): ResultNode[] {
    if (!node) return [...this.#files];
    if ('hits' in node) return [...node.hits];
    return 'under' in node ? [] : [...alsoHits(node)];
  }

  getParent(node: ResultNode): ResultNode | undefined {
    if ('hits' in node) return undefined;
    return 'under' in node ? node.under : this.#files.find(({ hits }) => hits.includes(node));
  }

  getTreeItem(node: ResultNode): vscode.TreeItem {
    if ('hits' in node) return fileItem(node);
    return 'under' in node ? alsoItem(node) : hitItem(node);
  }

  #refresh(): void {
    void vscode.commands.executeCommand('setContext', 'kenning.hasResults', this.#files.length > 0);
    this.#changed.fire();
  }
}

function fileItem(file: FileNode): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(file.path), vscode.TreeItemCollapsibleState.Expanded);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? (folders.find(({ uri }) => uri.fsPath === file.folder)?.name ?? '') : '';
  const parent = dirname(file.path);
  item.id = `${file.folder}\0${file.path}`;
  item.resourceUri = uriOf(file);
  item.iconPath = vscode.ThemeIcon.File;
  item.description = [folder, parent === '.' ? '' : parent].filter((part) => part !== '').join(' • ');
  item.contextValue = 'file';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1} results', file.path, file.hits.length) };
  return item;
}

function hitItem(hit: FolderHit): vscode.TreeItem {
  const more = hit.also?.length ?? 0;
  const item = placeItem(hit, more > 0);
  item.id = keyOf(hit);
  item.description = [hit.startLine, more > 0 ? `+${more}` : '', hit.preview.trim()].filter(Boolean).join('  ');
  item.tooltip = evidence(hit);
  return item;
}

/** Below its hit; a copy in another file says where. */
function alsoItem(also: AlsoHit): vscode.TreeItem {
  const item = placeItem(also, false);
  item.id = `${keyOf(also.under)}\0${keyOf(also)}`;
  item.description = also.path === also.under.path ? String(also.startLine) : placeOf(also);
  item.tooltip = placeOf(also);
  return item;
}

function placeItem(hit: FolderHit, hasMore: boolean): vscode.TreeItem {
  const label = { label: hit.name, highlights: highlightsIn(hit.name, hit.why.words) };
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, hasMore ? Collapsed : None);
  const start = new vscode.Position(hit.startLine - 1, 0);
  item.iconPath = new vscode.ThemeIcon(iconOf(hit));
  item.contextValue = 'hit';
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [uriOf(hit), { selection: new vscode.Range(start, start) }],
  };
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0} {1}, line {2}', hit.kind, hit.name, hit.startLine),
  };
  return item;
}

/** Why the hit ranks where it does. Plain text: code must not be read as Markdown. */
function evidence(hit: FolderHit): string {
  return [placeOf(hit), hit.preview.trim(), '', scoreText(hit), ...reasonLines(hit)].join('\n');
}
