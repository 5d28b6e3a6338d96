/** Why one file is not indexed: the rule that leaves it out, and a way to the place where the rule stands. */
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import type { Skip } from '../../core/skip.ts';
import { skipReason } from '../../core/skip-sentences.ts';
import type { WhyAnswer } from '../../engine/api/status.ts';
import { localFolders } from '../indexer.ts';
import { count } from '../texts.ts';
import type { KenningWindow } from '../window.ts';

interface Way {
  readonly label: string;
  readonly go: () => unknown;
}

/** `uri`: from the explorer; absent, the active editor's file. Shows the answer, and returns its text. */
export async function tellWhyNotIndexed({ client }: KenningWindow, uri?: vscode.Uri): Promise<string> {
  const asked = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (!asked) return tell(vscode.l10n.t('Open the file in question first, or choose it in the Explorer.'));
  if (asked.scheme !== 'file') return tell(vscode.l10n.t('Kenning indexes saved files on disk only.'));
  const folder = vscode.workspace.getWorkspaceFolder(asked);
  if (!folder || !localFolders().some(({ uri: known }) => known.fsPath === folder.uri.fsPath)) {
    return tell(vscode.l10n.t('The file lies in no folder of this window, so it is not indexed.'));
  }
  const answer = await client.why(folder.uri.fsPath, asked.fsPath);
  return answer.indexed ? tell(indexedText(answer)) : tell(...leftOut(folder.uri, answer.path, answer.skip));
}

function indexedText({ path, functions, problem }: WhyAnswer & { readonly indexed: true }): string {
  if (functions === 0) {
    return vscode.l10n.t('{0} is left out by no rule. It holds no function, or was not read yet.', path);
  }
  if (problem)
    return vscode.l10n.t('{0} is indexed in windows of lines, since its functions could not be told apart.', path);
  return functions === 1
    ? vscode.l10n.t('{0} is indexed: 1 function.', path)
    : vscode.l10n.t('{0} is indexed: {1} functions.', path, count(functions));
}

function leftOut(folder: vscode.Uri, path: string, skip: Skip): [string, Way | null] {
  const { text, values } = skipReason(path, skip);
  // A message is plain text, in which backticks would stand as they are.
  const reason = vscode.l10n
    .t(text, ...values)
    .replace(/`([^`]*)`/g, (_, rule: string) => vscode.l10n.t('“{0}”', rule));
  return [vscode.l10n.t('{0} is not indexed: {1}.', path, reason), wayTo(folder, skip)];
}

/** Null where nothing can be changed. */
function wayTo(folder: vscode.Uri, { code, source }: Skip): Way | null {
  const place = /^(.+):(\d+)$/.exec(source ?? '');
  if (place) {
    const file = isAbsolute(place[1]!) ? place[1]! : join(folder.fsPath, place[1]!);
    return { label: vscode.l10n.t('Show Rule'), go: () => openAt(file, Number(place[2]) - 1) };
  }
  if (code !== 'ignored') return null;
  const query = '@id:files.exclude,search.exclude';
  const go = (): unknown => vscode.commands.executeCommand('workbench.action.openSettings', query);
  return { label: vscode.l10n.t('Open Settings'), go };
}

async function openAt(file: string, line: number): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(line, 0, line, 0) });
}

/** Not awaited: a message may stay for long. */
function tell(text: string, way: Way | null = null): string {
  void vscode.window.showInformationMessage(text, ...(way ? [way.label] : [])).then((choice) => {
    if (way && choice === way.label) return way.go();
    return undefined;
  });
  return text;
}
