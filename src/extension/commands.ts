/**
 * Every command and what it does in each state of the engine. One that cannot work says why and offers the next step;
 * none is silent. The manifest lists the same names, which a test holds together.
 */
import * as vscode from 'vscode';
import { EDITOR_COMMANDS } from './editor/commands.ts';
import { errorText } from './error-texts.ts';
import { askMenu } from './menu.ts';
import { PANEL_COMMANDS } from './panel/commands.ts';
import { REPAIR_COMMANDS } from './repair/commands.ts';
import { VIEW_COMMANDS } from './views/commands.ts';
import { type Command, explain, isWithoutFolder, whenSearchable } from './when-searchable.ts';
import type { KenningWindow } from './window.ts';
import type { WindowState } from './window-state.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  'kenning.search': (window, query?: string) => window.openPanel(query),
  'kenning.pauseIndexing': whenSearchable(pause),
  'kenning.resumeIndexing': whenSearchable(resume),
  'kenning.cancelIndexing': whenSearchable(cancel),
  'kenning.restartEngine': (window) => (isWithoutFolder(window.state()) ? explain(window.state()) : window.restart()),
  'kenning.showLog': (window) => window.log.show(),
  'kenning.showMenu': showMenu,
  ...VIEW_COMMANDS,
  ...EDITOR_COMMANDS,
  'kenning._openFolder': () => vscode.commands.executeCommand('workbench.action.files.openFolder'),
  ...PANEL_COMMANDS,
  ...REPAIR_COMMANDS,
};

/** Registers the table; a command that throws is logged and told. */
export function registerCommands(window: KenningWindow): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([id, command]) =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        await command(window, ...args);
      } catch (error) {
        window.log.error(id, error);
        void vscode.window.showErrorMessage(vscode.l10n.t('Kenning: {0}', errorText(error)));
      }
    }),
  );
}

/** Where nothing runs that could be seen to stop, the pause is told: it holds for what comes. */
function pause(window: KenningWindow): void {
  window.client.setPaused(true);
  if (window.state().kind === 'paused') return;
  const resumeNow = vscode.l10n.t('Resume');
  const text = vscode.l10n.t('Indexing is paused: what changes is indexed when you resume it.');
  void vscode.window.showInformationMessage(text, resumeNow).then((choice) => choice === resumeNow && resume(window));
}

function resume({ client }: KenningWindow): void {
  if (client.paused) client.setPaused(false);
  else void vscode.window.showInformationMessage(vscode.l10n.t('Indexing is not paused.'));
}

const CANCELLABLE: readonly WindowState['kind'][] = ['starting', 'indexing', 'paused', 'refining'];

function cancel(window: KenningWindow): void {
  if (!CANCELLABLE.includes(window.state().kind)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is being indexed.'));
  }
  window.client.cancelUpdates();
  window.client.setPaused(false);
}

async function showMenu(window: KenningWindow): Promise<void> {
  const command = await askMenu(window.state());
  if (command) await vscode.commands.executeCommand(command);
}
