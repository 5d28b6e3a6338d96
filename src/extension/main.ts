/** The extension's entry. Activation only wires things up; the engine starts in its own process afterwards. */
import * as vscode from 'vscode';
import { registerAgents } from './agents/register.ts';
import { registerCommands } from './commands.ts';
import { errorText } from './error-texts.ts';
import { KenningWindow } from './window.ts';

let running: KenningWindow | null = null;

/** Gives tests the running parts; to everyone else it gives nothing. */
export function activate(context: vscode.ExtensionContext): KenningWindow | undefined {
  const log = vscode.window.createOutputChannel('Kenning', { log: true });
  context.subscriptions.push(log);
  try {
    const window = new KenningWindow(context, log);
    running = window;
    context.subscriptions.push(...registerCommands(window), ...registerAgents(window));
    setImmediate(() => {
      window.start().catch((error: Error) => report(log, error));
    });
    return context.extensionMode === vscode.ExtensionMode.Test ? window : undefined;
  } catch (error) {
    report(log, error);
    return undefined;
  }
}

/** The editor waits for this, not for disposables. */
export async function deactivate(): Promise<void> {
  await running?.stop();
  running = null;
}

/** The editor itself says nothing when an extension fails to start. */
function report(log: vscode.LogOutputChannel, error: unknown): void {
  log.error('Start', error instanceof Error ? error : String(error));
  void vscode.window.showErrorMessage(vscode.l10n.t('Kenning could not start: {0}', errorText(error)));
}
