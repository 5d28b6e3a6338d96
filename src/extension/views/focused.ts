/** What a command that a key started in a tree is about. Menus say it; for keys the editor tells only what is selected. */
import * as vscode from 'vscode';

const asked = new Set<unknown>();

/** While it is asked, a view's selection is nobody's choice. */
export const isAsked = (view: unknown): boolean => asked.has(view);

/**
 * The focused node, or all selected ones if it is among them: as the editor's own trees take it. The editor tells no focus,
 * so it is asked to toggle the focused node's selection, and the difference is it. The selection is then put back.
 */
export async function focusedNodes<T>(view: vscode.TreeView<T>): Promise<readonly T[]> {
  asked.add(view);
  try {
    const before = view.selection;
    await vscode.commands.executeCommand('list.toggleSelection');
    const after = view.selection;
    const added = after.filter((node) => !before.includes(node));
    await vscode.commands.executeCommand('list.toggleSelection');
    return added.length > 0 ? added : before;
  } finally {
    asked.delete(view);
  }
}
