/** Deletes a folder's index once the user has said so twice. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { plainLabel } from '../plain-label.ts';
import { bytes } from '../texts.ts';
import type { KenningWindow } from '../window.ts';

/** `folder`: absent where the command does not say which. */
export async function askDeleteIndex(window: KenningWindow, folder?: string): Promise<void> {
  const chosen = folder ?? (await chooseFolder(window));
  if (chosen && (await isConfirmed(window, chosen))) await window.indexer.deleteIndex(chosen);
}

async function chooseFolder({ client }: KenningWindow): Promise<string | undefined> {
  const items = client.folders.map(({ folder, status }) => ({
    label: plainLabel(basename(folder)),
    description: plainLabel(folder),
    detail: bytes(status?.bytes ?? 0),
    folder,
  }));
  if (items.length <= 1) return items[0]?.folder;
  const placeHolder = vscode.l10n.t('Which folder’s index?');
  return (await vscode.window.showQuickPick(items, { placeHolder, title: vscode.l10n.t('Delete Index') }))?.folder;
}

async function isConfirmed({ client }: KenningWindow, folder: string): Promise<boolean> {
  const size = client.folders.find((state) => state.folder === folder)?.status?.bytes ?? 0;
  const detail = vscode.l10n.t(
    'It takes {0} on disk; indexes that other models have made of the folder go too. No source file is touched. The folder is not searched until you index it again with “Look for Changes Now” or “Rebuild Index”.',
    bytes(size),
  );
  const yes = vscode.l10n.t('Delete Index');
  const question = vscode.l10n.t('Delete the index of “{0}”?', basename(folder));
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}
