/** How a hit is named, where it leads and which icon it wears; shared by the panel and the tree. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FunctionKind } from '../core/code-function.ts';
import type { FolderHit } from '../service/merge.ts';

/** Few icons, so that each says something. */
const ICONS: Readonly<Record<FunctionKind, string>> = {
  function: 'symbol-method',
  method: 'symbol-method',
  constructor: 'symbol-method',
  class: 'symbol-class',
  interface: 'symbol-interface',
  enum: 'symbol-enum',
  type: 'symbol-class',
  module: 'symbol-file',
  lines: 'symbol-file',
};

/** For screen readers, to which icons say nothing. */
const KINDS: Readonly<Record<FunctionKind, string>> = {
  function: vscode.l10n.t('function'),
  method: vscode.l10n.t('method'),
  constructor: vscode.l10n.t('constructor'),
  class: vscode.l10n.t('class'),
  interface: vscode.l10n.t('interface'),
  enum: vscode.l10n.t('enum'),
  type: vscode.l10n.t('type'),
  module: vscode.l10n.t('module'),
  lines: vscode.l10n.t('lines'),
};

export const kindText = ({ kind }: Pick<FolderHit, 'kind'>): string => KINDS[kind];

export const iconOf = ({ kind }: FolderHit): string => ICONS[kind];

/** A file that has never been saved is open under a scheme of its own. */
export function uriOf({ folder, path }: Pick<FolderHit, 'folder' | 'path'>): vscode.Uri {
  const file = vscode.Uri.file(join(folder, path));
  const isNew = ({ uri }: vscode.TextDocument): boolean => uri.scheme === 'untitled' && uri.path === file.path;
  return vscode.workspace.textDocuments.find(isNew)?.uri ?? file;
}

/** Whole lines, from the first to the end of the last. */
export const rangeOf = ({ startLine, endLine }: Pick<FolderHit, 'startLine' | 'endLine'>): vscode.Range =>
  new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);

/** Where the cursor goes when a hit is opened: to the beginning of its first line. */
export const startOf = ({ startLine }: Pick<FolderHit, 'startLine'>): vscode.Range =>
  new vscode.Range(startLine - 1, 0, startLine - 1, 0);

/** `path:line`, led by the folder's name where the window has several. */
export function placeOf(hit: FolderHit): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const name = folders.length > 1 && folders.find(({ uri }) => uri.fsPath === hit.folder)?.name;
  return `${name ? `${name}/` : ''}${hit.path}:${hit.startLine}`;
}
