/** The panel's buttons, on items and in the title. */
import * as vscode from 'vscode';
import type { Scope } from './scope.ts';

/** What can be done with a hit, besides opening it. */
export type HitAction = 'why' | 'similar' | 'side' | 'copy';

const button = (icon: string, tooltip: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
});

const ACTIONS: Readonly<Record<HitAction, vscode.QuickInputButton>> = {
  why: button('info', vscode.l10n.t('Why This Result')),
  similar: button('list-selection', vscode.l10n.t('Find Similar Code')),
  side: button('split-horizontal', vscode.l10n.t('Open to the Side')),
  copy: button('copy', vscode.l10n.t('Copy Path and Line')),
};

export const buttonsFor = (actions: readonly HitAction[]): vscode.QuickInputButton[] =>
  actions.map((action) => ACTIONS[action]);

/** Undefined for any other button. */
export function actionOf(pressed: vscode.QuickInputButton): HitAction | undefined {
  return (Object.keys(ACTIONS) as HitAction[]).find((action) => ACTIONS[action] === pressed);
}

export const FORGET = button('close', vscode.l10n.t('Remove from Recent Searches'));
export const SEND_TO_SIDE_BAR = button('list-tree', vscode.l10n.t('Show Results in the Side Bar'));

export interface ScopeButton extends vscode.QuickInputButton {
  readonly scope: Scope;
  /** Newer editors show it as pressed. */
  readonly toggle: { readonly checked: boolean };
}

/** What the title's buttons say. */
export interface TitleButtons {
  readonly hasBack: boolean;
  /** There are buttons for all but the whole workspace; empty where the question is not to be narrowed. */
  readonly scopes: readonly Scope[];
  readonly current: Scope;
}

export function titleButtons({ hasBack, scopes, current }: TitleButtons): vscode.QuickInputButton[] {
  const back = hasBack ? [vscode.QuickInputButtons.Back] : [];
  return [...back, ...scopeButtons(scopes, current), SEND_TO_SIDE_BAR];
}

/** One for each part of the workspace; the one that is searched is pressed, and pressing it again leads back to all. */
function scopeButtons(scopes: readonly Scope[], current: Scope): ScopeButton[] {
  return scopes
    .filter((scope) => scope !== 'workspace')
    .map((scope) => {
      const checked = scope === current;
      const icon = scope === 'file' ? 'file-code' : 'root-folder';
      const tooltip = checked ? vscode.l10n.t('Search the Whole Workspace') : narrowText(scope);
      return { ...button(icon, tooltip), scope: checked ? 'workspace' : scope, toggle: { checked } };
    });
}

function narrowText(scope: Scope): string {
  return scope === 'file' ? vscode.l10n.t('Search Only the Current File') : vscode.l10n.t('Search Only This Folder');
}
