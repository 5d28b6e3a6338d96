/** Whether Restricted Mode keeps a model from being used that the workspace names. */
import * as vscode from 'vscode';

/**
 * The editor does not tell an extension what it keeps back, so the files are looked at in which a workspace can say it. A
 * mention is enough: the answer is for a hint to the user, and decides nothing.
 */
export async function isModelIgnored(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return false;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const files = folders.map(({ uri }) => vscode.Uri.joinPath(uri, '.vscode', 'settings.json'));
  const { workspaceFile } = vscode.workspace;
  const texts = await Promise.all([...files, ...(workspaceFile ? [workspaceFile] : [])].map(textOf));
  return texts.some((text) => text.includes('"kenning.model"'));
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}
