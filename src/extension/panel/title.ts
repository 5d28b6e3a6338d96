/** The panel's title: what is searched where it is not everything, and what keeps answers from being whole. */
import * as vscode from 'vscode';
import { originTitle } from '../similar-origin.ts';
import { sentenceOf } from '../texts.ts';
import type { WindowState } from '../window-state.ts';
import type { Question } from './question.ts';
import type { ScopeChoice } from './scope.ts';

/** A failure is an item of the list, not of the title. */
export function resultsTitle(
  question: Question,
  { state, scope, isModelIgnored }: { state: WindowState; scope: ScopeChoice; isModelIgnored: boolean },
): string {
  const isUnderWay = ['starting', 'indexing', 'paused'].includes(state.kind);
  const what = 'origin' in question ? originTitle(question.origin) : scopeText(scope);
  const ignored = isModelIgnored ? vscode.l10n.t('Restricted Mode, without the model of this workspace') : '';
  const parts = [what, isUnderWay ? sentenceOf(state) : '', ignored].filter((part) => part !== '');
  return parts.length === 0 ? 'Kenning' : `Kenning: ${parts.join(' · ')}`;
}

function scopeText({ current, place }: ScopeChoice): string {
  if (current === 'workspace' || !place) return '';
  return vscode.l10n.t('only in {0}', current === 'file' && place.file !== null ? place.file : place.folderName);
}
