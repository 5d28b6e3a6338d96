/** What the index view says below a folder: coverage, size, model, age, and what was left out and why. */
import * as vscode from 'vscode';
import type { FolderState } from '../../service/folder-state.ts';
import { errorText, sentenceText } from '../error-texts.ts';
import { bytes, count, refinedText } from '../texts.ts';
import { functionsOf, refinedOf } from '../window-state.ts';
import { skipLabel } from './skip-labels.ts';

export interface FactNode {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly icon?: string;
  readonly facts?: readonly FactNode[];
}

export function factsOf(state: FolderState): readonly FactNode[] {
  const { status, error } = state;
  const fact = (label: string, value: string, icon: string): FactNode => ({
    id: `${state.folder}\0${label}`,
    label,
    value,
    icon,
  });
  const facts: FactNode[] = [];
  if (error) facts.push(fact(vscode.l10n.t('Problem'), errorText(error), 'warning'));
  if (!status) return facts;
  facts.push(
    fact(vscode.l10n.t('Coverage'), coverageOf(state), 'pie-chart'),
    fact(vscode.l10n.t('Functions'), count(functionsOf(state)), 'symbol-method'),
  );
  const refined = refinedOf(state);
  if (refined !== null) {
    facts.push(fact(vscode.l10n.t('Better vectors'), refinedText(refined, functionsOf(state)), 'sparkle'));
  }
  // Of the last index that was written, whose figures would stand beside those of the one in the making.
  if (state.activity !== 'updating') facts.push(fact(vscode.l10n.t('Files'), count(status.files), 'files'));
  // A deleted index leaves an empty one behind, which is no size to tell.
  if (status.complete || functionsOf(state) > 0) {
    facts.push(fact(vscode.l10n.t('On disk'), bytes(status.bytes), 'database'));
  }
  facts.push(
    fact(vscode.l10n.t('Model'), status.model, 'chip'),
    fact(vscode.l10n.t('Vector index'), vectorIndexName(status.vectorIndex), 'type-hierarchy'),
    fact(vscode.l10n.t('Last update'), when(status.updatedAt), 'history'),
  );
  const skipped = skippedFact(state);
  if (skipped) facts.push(skipped);
  for (const notice of status.notices) {
    // There may be several, and two nodes of one id would leave the tree without any.
    facts.push({ ...fact(vscode.l10n.t('Note'), sentenceText(notice), 'info'), id: `${state.folder}\0${notice}` });
  }
  return facts;
}

/** How far a running update is; null while its files are not counted. */
export function percentOf({ progress }: FolderState): number | null {
  return progress && progress.total > 0 ? Math.floor((100 * progress.done) / progress.total) : null;
}

/** While it is indexed for the first time, how far that is; afterwards an update looks at changes only. */
function coverageOf(state: FolderState): string {
  const { status, progress } = state;
  if (status?.complete) return vscode.l10n.t('the whole folder');
  const percent = progress?.phase === 'index' ? percentOf(state) : null;
  if (percent !== null) return vscode.l10n.t('{0} % of the files', percent);
  return status && status.functions > 0 ? vscode.l10n.t('a part of the folder') : vscode.l10n.t('nothing yet');
}

function skippedFact({ folder, status }: FolderState): FactNode | null {
  const reasons = Object.entries(status?.skipped ?? {}).filter(([, n]) => n > 0);
  if (reasons.length === 0) return null;
  const id = `${folder}\0skipped`;
  const total = reasons.reduce((sum, [, n]) => sum + n, 0);
  const facts = reasons
    .sort(([, a], [, b]) => b - a)
    .map(([code, n]) => ({ id: `${id}\0${code}`, label: skipLabel(code), value: count(n) }));
  const label = vscode.l10n.t('Left out');
  return { id, label, value: count(total), icon: 'circle-slash', facts };
}

function vectorIndexName(index: 'exact' | 'graph'): string {
  return index === 'graph' ? vscode.l10n.t('graph (HNSW)') : vscode.l10n.t('exact scan');
}

/** As short as the side bar is narrow. */
function when(updatedAt: number | null): string {
  if (updatedAt === null) return vscode.l10n.t('never');
  return new Date(updatedAt).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' });
}
