/**
 * Keeps all indexes together within the user's budget: it looks at leisure, after an update but at most once an hour, and when the budget has
 * changed.
 */
import * as vscode from 'vscode';
import type { ServiceClient } from '../service/client.ts';
import * as settings from './settings.ts';
import { bytes } from './texts.ts';

const DELAY_MS = 30_000;
const PAUSE_MS = 3_600_000;
const MB = 1e6;

/** `storageDir`: where the indexes of all folders lie, also of those that are not open here. */
export function followDiskBudget(
  client: ServiceClient,
  storageDir: string,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isDue = true;
  const look = async (): Promise<void> => {
    const budget = settings.diskBudget();
    if (budget <= 0) return;
    const { removed, freedBytes } = await client.collect({
      storageDir,
      budgetBytes: budget * MB,
      onlyOverBudget: true,
    });
    for (const { dir, folder } of removed) log.info(`Over the disk budget: removed the index of ${folder ?? dir}.`);
    if (freedBytes > 0) log.info(`${bytes(freedBytes)} freed.`);
  };
  const wait = (): void => {
    if (!isDue || !client.folders.some(({ report, activity }) => report && activity === 'idle')) return;
    isDue = false;
    timer = setTimeout(() => {
      look().catch((error: Error) => log.warn(`Disk budget: ${error.message}`));
      timer = setTimeout(() => {
        isDue = true;
      }, PAUSE_MS);
    }, DELAY_MS);
  };
  const listeners = [
    client.onDidChange(wait),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(`${settings.SECTION}.diskBudget`)) return;
      clearTimeout(timer);
      isDue = true;
      wait();
    }),
  ];
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    for (const listener of listeners) listener.dispose();
  });
}
