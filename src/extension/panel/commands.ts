/** Commands of the panel: what its buttons do, for the keyboard, and what its items lead to. None opens the panel. */
import * as vscode from 'vscode';
import { parseQuery } from '../../core/query/parse-query.ts';
import { type Command, explainLack } from '../when-searchable.ts';
import type { SearchPanel } from './panel.ts';

const TOLD_MS = 3000;

export const PANEL_COMMANDS: Readonly<Record<string, Command>> = {
  'kenning.clearHistory': ({ history }) => {
    history.clear();
    vscode.window.setStatusBarMessage(vscode.l10n.t('Recent searches cleared'), TOLD_MS);
  },
  'kenning._hitToSide': inPanel((panel) => panel.act('side')),
  'kenning._hitWhy': inPanel((panel) => panel.act('why')),
  'kenning._hitSimilar': inPanel((panel) => panel.act('similar')),
  'kenning._hitCopy': inPanel((panel) => panel.act('copy')),
  'kenning._dropFilters': inPanel((panel) => panel.setQuery(withoutFilters(panel.quickPick.value))),
  'kenning._nextScope': inPanel((panel) => panel.setScope()),
  'kenning._wholeWorkspace': inPanel((panel) => panel.setScope('workspace')),
  'kenning._sendToSideBar': inPanel((panel) => panel.sendToSideBar()),
  'kenning._leavePanel': inPanel((panel) => panel.leave()),
};

/** Their keys hold in the panel alone; a user may bind others. What is pressed while it goes leads nowhere. */
export function inPanel(act: (panel: SearchPanel) => unknown): Command {
  return ({ panel }) => {
    if (!panel) return explainLack(vscode.l10n.t('The search panel is not open.'));
    return panel.leaving ? undefined : act(panel);
  };
}

/** The words of a phrase are still asked about. */
const withoutFilters = (query: string): string => parseQuery(query).text;
