/** What the search panel lists: ranked hits, and the state of things as items that do something. */
import * as vscode from 'vscode';
import { isFiltered, parseQuery } from '../../core/query/parse-query.ts';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import { iconOf, keyOf, placeOf } from '../hit.ts';
import { sentenceOf } from '../texts.ts';
import type { WindowState } from '../window-state.ts';

export interface HitItem extends vscode.QuickPickItem {
  readonly hit: FolderHit;
}

/** Not a hit but a fact, with the command that answers it. */
export interface NoticeItem extends vscode.QuickPickItem {
  readonly command: string;
}

/** A line of the answer to "why this result?"; Enter on it leads back to the results. */
export interface ReasonItem extends vscode.QuickPickItem {
  readonly reason: true;
}

export type PanelItem = HitItem | NoticeItem | ReasonItem;

/** Null: it is no hit. */
export function keyOfItem(item: PanelItem | undefined): string | null | undefined {
  if (!item) return undefined;
  return 'hit' in item ? keyOf(item.hit) : null;
}

export const OPEN_TO_SIDE: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('split-horizontal'),
  tooltip: vscode.l10n.t('Open to the Side'),
};
export const COPY_PLACE: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('copy'),
  tooltip: vscode.l10n.t('Copy Path and Line'),
};

export const WHY: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('info'),
  tooltip: vscode.l10n.t('Why This Result'),
};

/** `answer` is null before the first search. Hits come first: the best one is active at once. */
export function panelItems(state: WindowState, answer: WorkspaceAnswer | null): readonly PanelItem[] {
  if (state.kind === 'no-folder' || state.kind === 'virtual' || state.kind === 'failed') return noticesOf(state);
  if (!answer || answer.query.trim() === '') return noticesOf(state);
  const hits = answer.hits.map(hitItem);
  const problems = answer.problems.filter(({ error }) => error.code !== 'engine-stopped').map(problemItem);
  const nothing = hits.length === 0 && problems.length === 0 ? [nothingItem(answer.query, state)] : [];
  return [...hits, ...nothing, ...problems, ...noticesOf(state)];
}

function hitItem(hit: FolderHit): HitItem {
  return {
    hit,
    label: `$(${iconOf(hit)}) ${hit.name}`,
    description: hit.also?.length ? `${placeOf(hit)}  +${hit.also.length}` : placeOf(hit),
    detail: hit.preview.trim(),
    alwaysShow: true,
    buttons: [WHY, OPEN_TO_SIDE, COPY_PLACE],
  };
}

function notice(icon: string, label: string, detail: string, command: string): NoticeItem {
  return { label: `$(${icon}) ${label}`, detail, command, alwaysShow: true };
}

function noticesOf(state: WindowState): readonly NoticeItem[] {
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
      return [
        notice('loading~spin', sentence, vscode.l10n.t('Answers cover what is indexed so far'), 'kenning.showIndex'),
      ];
    case 'paused':
      return [notice('debug-pause', sentence, vscode.l10n.t('Resume indexing'), 'kenning.resumeIndexing')];
    case 'partial':
      return [notice('warning', sentence, vscode.l10n.t('Index the rest now'), 'kenning.updateIndex')];
    // Every function is found either way.
    case 'refining':
    case 'ready':
      return [];
  }
}

function nothingItem(query: string, state: WindowState): NoticeItem {
  if (isFiltered(parseQuery(query))) {
    const detail = vscode.l10n.t('Search again without lang:, path:, kind:, -tests and quotes');
    return notice('search-stop', vscode.l10n.t('Nothing found within these filters'), detail, 'kenning._dropFilters');
  }
  const covers = 'functions' in state ? state.functions : 0;
  const detail = vscode.l10n.t('{0} functions are indexed; show what is and what is not', covers.toLocaleString());
  return notice('search-stop', vscode.l10n.t('Nothing found'), detail, 'kenning.showIndex');
}

function problemItem({ folder, error }: WorkspaceAnswer['problems'][number]): NoticeItem {
  return notice('error', error.message, vscode.l10n.t('{0}: show the log', folder), 'kenning.showLog');
}
