/** The state of things as items of the panel, each with the command that answers it. */
import * as vscode from 'vscode';
import { isFiltered, parseQuery } from '../../core/query/parse-query.ts';
import type { WrongOperator } from '../../core/query/wrong-operators.ts';
import type { WorkspaceAnswer } from '../../service/merge.ts';
import { errorText } from '../error-texts.ts';
import { plainLabel } from '../plain-label.ts';
import type { SimilarOrigin } from '../similar-origin.ts';
import { count, sentenceOf } from '../texts.ts';
import type { WindowState } from '../window-state.ts';
import type { HintItem, InsteadItem, NoticeItem } from './items.ts';
import type { Question } from './question.ts';

/** They show something else, for which the panel has to go. */
const LEAVING = ['kenning._openFolder', 'kenning.showIndex', 'kenning.showLog', 'workbench.trust.manage'];

/** Both texts may hold what the user has typed, or what an error says. */
function notice(icon: string, label: string, detail: string, command: string): NoticeItem {
  const texts = { label: plainLabel(label), detail: plainLabel(detail) };
  const leaves = LEAVING.includes(command);
  return { ...texts, iconPath: new vscode.ThemeIcon(icon), command, leaves, alwaysShow: true };
}

export function noticesOf(state: WindowState): readonly NoticeItem[] {
  const sentence = sentenceOf(state);
  switch (state.kind) {
    case 'no-folder':
      return [notice('folder-opened', sentence, vscode.l10n.t('Choose a folder to search'), 'kenning._openFolder')];
    case 'virtual':
      return [notice('info', sentence, vscode.l10n.t('Choose a folder on this machine'), 'kenning._openFolder')];
    case 'failed':
      return [
        notice('error', sentence, vscode.l10n.t('Start the engine again'), 'kenning.restartEngine'),
        notice('output', vscode.l10n.t('Show Log'), vscode.l10n.t('What led to it'), 'kenning.showLog'),
      ];
    case 'starting':
      return [notice('loading~spin', sentence, vscode.l10n.t('Answers come in a moment'), 'kenning.showIndex')];
    case 'indexing':
      return [notice('loading~spin', sentence, soFarText(state), 'kenning.showIndex')];
    case 'paused':
      return [notice('debug-pause', sentence, vscode.l10n.t('Resume indexing'), 'kenning.resumeIndexing')];
    case 'partial':
      return [notice('warning', sentence, indexNowText(state), 'kenning.updateIndex')];
    // Every function is found either way.
    case 'refining':
    case 'ready':
      return [];
  }
}

function indexNowText({ functions }: { readonly functions: number }): string {
  return functions === 0 ? vscode.l10n.t('Index it now') : vscode.l10n.t('Index the rest now');
}

function soFarText({ functions }: { readonly functions: number }): string {
  if (functions === 0) return vscode.l10n.t('Answers come with the first files');
  return functions === 1
    ? vscode.l10n.t('Answers cover the only function indexed so far')
    : vscode.l10n.t('Answers cover the {0} functions indexed so far', count(functions));
}

/** What the panel searches may be narrowed by its own buttons, and by the question's operators. */
export function nothingItem(
  question: Question,
  state: WindowState,
  isNarrowed: boolean,
): NoticeItem | HintItem | InsteadItem {
  if ('origin' in question) return nothingLikeItem(question.origin, state);
  const query = parseQuery(question.text);
  if (query.text === '') return beginItem();
  if (isNarrowed) {
    const detail = vscode.l10n.t('Search the whole workspace');
    return notice('search-stop', vscode.l10n.t('Nothing found in this part'), detail, 'kenning._wholeWorkspace');
  }
  if (isFiltered(query)) {
    const detail = vscode.l10n.t('Search again without lang:, path:, kind:, -tests and quotes');
    return notice('search-stop', vscode.l10n.t('Nothing found within these filters'), detail, 'kenning._dropFilters');
  }
  return notice('search-stop', vscode.l10n.t('Nothing found'), coveredText(state), 'kenning.showIndex');
}

/** Operators stand first, and the words are still to come: nothing was asked for. */
function beginItem(): HintItem {
  const label = vscode.l10n.t('Now describe the code you are after');
  return { label, iconPath: new vscode.ThemeIcon('edit'), hint: true, alwaysShow: true };
}

/** Code that no other repeats may still have its like. */
function nothingLikeItem({ only, ...like }: SimilarOrigin, state: WindowState): NoticeItem | InsteadItem {
  if (!only) {
    const label = vscode.l10n.t('No other code is like it');
    return notice('search-stop', label, coveredText(state), 'kenning.showIndex');
  }
  const texts = { label: vscode.l10n.t('No duplicates found'), detail: vscode.l10n.t('List similar code') };
  return { ...texts, iconPath: new vscode.ThemeIcon('search-stop'), instead: like, alwaysShow: true };
}

function coveredText(state: WindowState): string {
  const covers = 'functions' in state ? state.functions : 0;
  return covers === 1
    ? vscode.l10n.t('1 function is indexed; show what is and what is not')
    : vscode.l10n.t('{0} functions are indexed; show what is and what is not', count(covers));
}

export function problemItem({ folder, error }: WorkspaceAnswer['problems'][number]): NoticeItem {
  return notice('error', errorText(error), vscode.l10n.t('{0}: show the log', folder), 'kenning.showLog');
}

/** Enter asks without it. */
export function wrongItem({ operator, name, word, without }: WrongOperator): NoticeItem {
  const label =
    operator === 'lang'
      ? vscode.l10n.t('Kenning knows no language “{0}”', name)
      : vscode.l10n.t('Kenning knows no kind “{0}”', name);
  const detail = vscode.l10n.t('Search without {0}; type {1} to see what there is', word, `${operator}:`);
  return { ...notice('warning', label, detail, 'kenning.search'), arguments: [without] };
}

/** Where it matters: the user would else wonder why their model makes no difference. */
export function restrictedItem(): NoticeItem {
  const label = vscode.l10n.t('Restricted Mode: the model that this workspace names is not used');
  const detail = vscode.l10n.t('Kenning searches with its own; trust the workspace to use the other');
  return notice('shield', label, detail, 'workbench.trust.manage');
}
