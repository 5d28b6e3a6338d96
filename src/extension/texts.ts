/** The sentences that say what Kenning is doing, for the panel, the status bar and the index view alike. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { type Reason, reasonsOf } from '../core/explain.ts';
import type { FolderHit } from '../service/merge.ts';
import type { Within } from '../service/workspace-request.ts';
import { errorText } from './error-texts.ts';
import type { Covered, WindowState } from './window-state.ts';

/** In the editor's language, which need not be the system's. */
export const count = (n: number): string => n.toLocaleString(vscode.env.language);

function decimal(n: number, digits: number, signDisplay: 'auto' | 'always' = 'auto'): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay };
  return n.toLocaleString(vscode.env.language, options);
}

export function sentenceOf(state: WindowState): string {
  if ('onBattery' in state) return vscode.l10n.t('{0}; slowly, on battery', stateText(state));
  return 'paused' in state ? vscode.l10n.t('{0}; indexing is paused', stateText(state)) : stateText(state);
}

function stateText(state: WindowState): string {
  switch (state.kind) {
    case 'no-folder':
      return vscode.l10n.t('No folder is open');
    case 'virtual':
      return vscode.l10n.t('Kenning searches folders on disk; this one is virtual');
    case 'starting':
      return state.afterCrash
        ? vscode.l10n.t('The search engine ended unexpectedly and starts again')
        : vscode.l10n.t('Kenning is starting');
    case 'failed':
      return errorText(state.error);
    case 'indexing':
      return state.total === 0
        ? vscode.l10n.t('Looking for files')
        : vscode.l10n.t('Indexing file {0} of {1}', count(state.done), count(state.total));
    case 'paused':
      return state.total === 0
        ? vscode.l10n.t('Indexing is paused')
        : vscode.l10n.t('Indexing is paused at file {0} of {1}', count(state.done), count(state.total));
    case 'partial':
      return state.error ? errorText(state.error) : notCoveredText(state.functions);
    case 'refining':
    case 'ready':
      return coveredText(state);
  }
}

function notCoveredText(functions: number): string {
  return functions === 0
    ? vscode.l10n.t('Nothing is indexed yet')
    : vscode.l10n.t('The index does not cover the whole folder');
}

/** `5,000 functions indexed, better vectors: 1,234 of 5,000`; once all have better ones it goes without saying. */
function coveredText({ functions, refined }: Covered): string {
  const indexed =
    functions === 1 ? vscode.l10n.t('1 function indexed') : vscode.l10n.t('{0} functions indexed', count(functions));
  if (refined === null || refined >= functions) return indexed;
  return vscode.l10n.t('{0}, better vectors: {1}', indexed, refinedText(refined, functions));
}

export const refinedText = (refined: number, functions: number): string =>
  vscode.l10n.t('{0} of {1}', count(refined), count(functions));

/** Why a hit ranks where it does, a line a reason: `+0.20  its name fits the description`. The figures add up to the score. */
export function reasonLines(hit: FolderHit): readonly string[] {
  return reasonsOf(hit.why).map((reason) => `${figureText(reason)}  ${reasonText(reason)}`);
}

function figureText({ figure }: Reason): string {
  return decimal(Number(figure), 2, 'always').replace('-', '−');
}

export const reasonText = ({ text, values }: Reason): string => vscode.l10n.t(text, ...values);

export const scoreText = ({ score }: FolderHit): string => vscode.l10n.t('Score {0}', decimal(score, 2));

/** `only in src/cart.go`; a whole folder goes by its name in the window. */
export function withinText({ folder, file }: Within): string {
  const open = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === folder);
  return vscode.l10n.t('only in {0}', file ?? open?.name ?? basename(folder));
}

const UNITS = ['B', 'kB', 'MB', 'GB'];

export function bytes(n: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(n, 1)) / 3));
  return `${decimal(n / 1000 ** power, power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
