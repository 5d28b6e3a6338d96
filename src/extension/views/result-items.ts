/** How a file, a hit and what a hit stands for too look in the results tree. */
import { basename, dirname } from 'node:path/posix';
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { iconOf, kindText, placeOf, startOf, uriOf } from '../hit.ts';
import type { AlsoHit } from '../hit-identity.ts';
import { count, reasonLines, scoreText } from '../texts.ts';
import { type FileNode, highlightsIn, idOf, type ResultNode, type ResultOrder } from './result-tree.ts';

export function resultItem(node: ResultNode, order: ResultOrder): vscode.TreeItem {
  if ('hits' in node) return fileItem(node);
  return 'under' in node ? alsoItem(node) : hitItem(node, order);
}

function fileItem(file: FileNode): vscode.TreeItem {
  const item = new vscode.TreeItem(basename(file.path), vscode.TreeItemCollapsibleState.Expanded);
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? (folders.find(({ uri }) => uri.fsPath === file.folder)?.name ?? '') : '';
  const parent = dirname(file.path);
  item.id = idOf(file);
  item.resourceUri = uriOf(file);
  item.iconPath = vscode.ThemeIcon.File;
  item.description = joined([folder, parent === '.' ? '' : parent], ' • ');
  item.contextValue = 'file';
  const label =
    file.hits.length === 1
      ? vscode.l10n.t('{0}, 1 result', file.path)
      : vscode.l10n.t('{0}, {1} results', file.path, count(file.hits.length));
  item.accessibilityInformation = { label };
  return item;
}

/** Below its file the line is enough; in one list the place has to be told. */
function hitItem(hit: FolderHit, order: ResultOrder): vscode.TreeItem {
  const more = hit.also?.length ?? 0;
  const item = placeItem(hit, more > 0);
  const place = order === 'file' ? String(hit.startLine) : placeOf(hit);
  item.description = joined([place, more > 0 ? `+${more}` : '', hit.preview.trim()], '  ');
  item.tooltip = evidence(hit);
  return item;
}

/** Below its hit; a copy in another file says where. */
function alsoItem(also: AlsoHit): vscode.TreeItem {
  const item = placeItem(also, false);
  item.description = also.path === also.under.path ? String(also.startLine) : placeOf(also);
  item.tooltip = placeOf(also);
  return item;
}

function placeItem(hit: FolderHit | AlsoHit, hasMore: boolean): vscode.TreeItem {
  const label = { label: hit.name, highlights: highlightsIn(hit.name, hit.why.words) };
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, hasMore ? Collapsed : None);
  item.id = idOf(hit);
  item.iconPath = new vscode.ThemeIcon(iconOf(hit));
  item.contextValue = 'hit';
  // This command, and no own one: the editor then opens a preview that keeps the keys in the tree, as its own trees do.
  item.command = {
    command: 'vscode.open',
    title: vscode.l10n.t('Open'),
    arguments: [uriOf(hit), { selection: startOf(hit) }],
  };
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0} {1}, {2}, line {3}', kindText(hit), hit.name, hit.path, hit.startLine),
  };
  return item;
}

/** Why the hit ranks where it does. Plain text: code must not be read as Markdown. */
function evidence(hit: FolderHit): string {
  return [placeOf(hit), hit.preview.trim(), '', scoreText(hit), ...reasonLines(hit)].join('\n');
}

const joined = (parts: readonly string[], separator: string): string =>
  parts.filter((part) => part !== '').join(separator);
