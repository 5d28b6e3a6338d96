/** The command that checks indexes, and what it says of them. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { VerifyReport } from '../../engine/api/repair.ts';
import { type Command, whenSearchable } from '../when-searchable.ts';
import type { KenningWindow } from '../window.ts';

export const REPAIR_COMMANDS: Readonly<Record<string, Command>> = {
  'kenning.verifyIndex': whenSearchable((window, node?: { readonly folder?: string }) => verify(window, node?.folder)),
};

/** One folder's index, or all. */
async function verify(window: KenningWindow, folder?: string): Promise<void> {
  const folders = folder ? [folder] : window.client.folders.map((state) => state.folder);
  // In the status bar: it cannot be cancelled, which a notification of a long work would have to offer.
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Kenning is checking the index'),
  };
  const reports = await vscode.window.withProgress(options, () =>
    Promise.all(folders.map((each) => window.client.verify(each))),
  );
  for (const report of reports) window.log.info(reportText(report));
  const damaged = reports.filter(({ sound }) => !sound);
  if (damaged.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('The index is sound.'));
  else tellDamage(window, damaged);
}

function tellDamage(window: KenningWindow, damaged: readonly VerifyReport[]): void {
  const names = damaged.map(({ folder }) => basename(folder)).join(', ');
  const log = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('The index of “{0}” is damaged. What is wrong is being rebuilt.', names);
  void vscode.window.showWarningMessage(message, log).then((choice) => {
    if (choice === log) window.log.show();
  });
}

/** The log speaks English. */
function reportText({ folder, checks, remedy }: VerifyReport): string {
  const lines = checks.flatMap(({ checked, problems }) => [
    `${problems.length === 0 ? 'ok' : 'wrong'}: ${checked}`,
    ...problems.map((problem) => `  ${problem}`),
  ]);
  return [`Checked the index of ${folder}`, ...lines, ...(remedy ? [remedy] : [])].join('\n  ');
}
