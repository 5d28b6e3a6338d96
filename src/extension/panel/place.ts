/** Where the user stands when the panel opens: the file and the workspace folder that it can be narrowed to. */
import * as vscode from 'vscode';
import { localFolders } from '../indexer.ts';
import type { Place } from './scope.ts';

/** Without an open file the first folder is meant; null where there is no folder. */
export function placeOfUser(): Place | null {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const holder = uri?.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
  const folder = holder ?? localFolders()[0];
  if (!folder) return null;
  const file = holder ? vscode.workspace.asRelativePath(uri!, false) : null;
  return { folder: folder.uri.fsPath, file };
}
