/** The one status-bar item: what the engine is doing, and a click for what can be done about it. */
import * as vscode from 'vscode';
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
    this.item.tooltip = vscode.l10n.t('Kenning: {0}. Click for actions.', sentenceOf(state));
    this.item.accessibilityInformation = { label: `Kenning: ${sentenceOf(state)}`, role: 'button' };
    // A colour only when something has to be done.
    this.item.backgroundColor =
      state.kind === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.show();
  }
}

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
      return '$(search-sparkle) Kenning';
  }
}
