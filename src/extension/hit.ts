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

export const iconOf = ({ kind }: FolderHit): string => ICONS[kind];

export const uriOf = ({ folder, path }: Pick<FolderHit, 'folder' | 'path'>): vscode.Uri =>
  vscode.Uri.file(join(folder, path));

/** Stays the same for the same function in the next answer. */
export const keyOf = ({ folder, path, name, startLine }: FolderHit): string =>
  `${folder}\0${path}\0${name}\0${startLine}`;

/** Whole lines, from the first to the end of the last. */
export const rangeOf = ({ startLine, endLine }: FolderHit): vscode.Range =>
  new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);

/** `path:line`, led by the folder's name where the window has several. */
export function placeOf(hit: FolderHit): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const name = folders.length > 1 && folders.find(({ uri }) => uri.fsPath === hit.folder)?.name;
  return `${name ? `${name}/` : ''}${hit.path}:${hit.startLine}`;
}
