/** The one status-bar item: what the engine is doing, and what can be done about it by a click or from its hover. */
import * as vscode from 'vscode';
import { menuItems } from './menu.ts';
import { count, sentenceOf } from './texts.ts';
import type { WindowState } from './window-state.ts';

export class StatusBar implements vscode.Disposable {
  readonly item = vscode.window.createStatusBarItem('kenning.state', vscode.StatusBarAlignment.Left, 10);

  constructor() {
    this.item.name = 'Kenning';
    this.item.command = 'kenning.showMenu';
  }

  dispose(): void {
    this.item.dispose();
  }

  show(state: WindowState): void {
    if (state.kind === 'no-folder' || state.kind === 'virtual') {
      this.item.hide();
      return;
    }
    this.item.text = textOf(state);
    this.item.tooltip = tooltipOf(state);
    this.item.accessibilityInformation = { label: `Kenning: ${sentenceOf(state)}`, role: 'button' };
    // A colour only when something has to be done.
    this.item.backgroundColor =
      state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.show();
  }
}

/** The menu's actions as links; they alone may be run from it. */
function tooltipOf(state: WindowState): vscode.MarkdownString {
  const items = menuItems(state);
  const links = items.map(({ label, command }) => `[${label}](command:${command})`);
  const tooltip = new vscode.MarkdownString(`Kenning: ${plain(sentenceOf(state))}\n\n${links.join('  \n')}`, true);
  tooltip.isTrusted = { enabledCommands: items.map(({ command }) => command) };
  return tooltip;
}

/** A sentence may tell of a path or an error: no sign in it means anything to Markdown. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-!<>|~$&]/g, '\\$&');

function textOf(state: WindowState): string {
  switch (state.kind) {
    case 'indexing':
      return state.total === 0
        ? '$(loading~spin) Kenning'
        : `$(loading~spin) Kenning ${count(state.done)}/${count(state.total)}`;
    case 'starting':
      return '$(loading~spin) Kenning';
    case 'paused':
      return state.total === 0
        ? '$(debug-pause) Kenning'
        : `$(debug-pause) Kenning ${count(state.done)}/${count(state.total)}`;
    case 'failed':
      return '$(error) Kenning';
    case 'partial':
      return '$(warning) Kenning';
    default:
      return 'paused' in state ? '$(debug-pause) Kenning' : '$(search-sparkle) Kenning';
  }
}
