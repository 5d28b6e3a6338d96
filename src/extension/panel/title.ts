/** The panel's title: what is searched where it is not everything, and what keeps answers from being whole. */
import * as vscode from 'vscode';
import { originTitle } from '../similar-origin.ts';
import { sentenceOf, withinText } from '../texts.ts';
import type { WindowState } from '../window-state.ts';
import type { Question } from './question.ts';
import type { ScopeChoice } from './scope.ts';

/** A failure is an item of the list, not of the title. */
export function resultsTitle(
  question: Question,
  { state, scope, isModelIgnored }: { state: WindowState; scope: ScopeChoice; isModelIgnored: boolean },
): string {
  const isUnderWay = ['starting', 'indexing', 'paused'].includes(state.kind);
  const what = 'origin' in question ? originTitle(question.origin) : scope.within && withinText(scope.within);
  const ignored = isModelIgnored && vscode.l10n.t('Restricted Mode, without the model of this workspace');
  const parts = [what, isUnderWay && sentenceOf(state), ignored].filter(Boolean);
  return parts.length === 0 ? 'Kenning' : `Kenning: ${parts.join(' · ')}`;
}
