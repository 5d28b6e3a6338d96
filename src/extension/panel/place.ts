/** Where the user stands when the panel opens: the file and the workspace folder that it can be narrowed to. */
import * as vscode from 'vscode';
import { localFolders } from '../indexer.ts';
import type { Place } from './scope.ts';

/** Without an open file the first folder is meant; null where there is no folder. */
export function placeOfUser(): Place | null {
  const uri = fileInFront();
  const holder = uri?.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(uri) : undefined;
  const folder = holder ?? localFolders()[0];
  if (!folder) return null;
  const file = holder ? vscode.workspace.asRelativePath(uri!, false) : null;
  return { folder: folder.uri.fsPath, file };
}

/** A file that was opened just now has a tab before it has an editor. */
export function fileInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uriOfTab = input instanceof vscode.TabInputText ? input.uri : undefined;
  return vscode.window.activeTextEditor?.document.uri ?? uriOfTab;
}
