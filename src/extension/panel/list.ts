/** What the search panel lists: ranked hits, and the state of things as items that do something. */
import * as vscode from 'vscode';
import type { FolderHit, WorkspaceAnswer } from '../../service/merge.ts';
import type { WindowState } from '../window-state.ts';
import { type GroupName, groupsOf } from './groups.ts';
import { completionItem, hitItem, isHit, type PanelItem, recentItem, separator } from './items.ts';
import { nothingItem, noticesOf, problemItem, restrictedItem, wrongItem } from './notices.ts';
import type { TypedOperators } from './operators.ts';
import type { Question } from './question.ts';

export interface Listed {
  readonly state: WindowState;
  /** What the answer answers. */
  readonly question: Question;
  /** Null before the first search, and for an empty question. */
  readonly answer: WorkspaceAnswer | null;
  readonly operators: TypedOperators;
  /** Empty where something is asked. */
  readonly recent: readonly string[];
  /** Whether only a part of the workspace is searched. */
  readonly isNarrowed: boolean;
  /** Whether a model that the workspace wants is not taken from it. */
  readonly isModelIgnored: boolean;
  readonly hasFileIcons: boolean;
}

export interface List {
  readonly items: readonly PanelItem[];
  /** Where Enter leads unless the user chooses otherwise. */
  readonly first: PanelItem | undefined;
}

export function panelList(listed: Listed): List {
  const { state, operators } = listed;
  const notices = noticesOf(state);
  if (['no-folder', 'virtual', 'failed'].includes(state.kind)) return { items: notices, first: notices[0] };
  const completions = operators.completions.map(completionItem);
  const items = [
    ...under(vscode.l10n.t('Operators'), completions),
    ...operators.wrong.map(wrongItem),
    ...(listed.answer ? answerItems(listed, listed.answer) : recentItems(listed)),
    ...under(vscode.l10n.t('State'), [...(listed.isModelIgnored ? [restrictedItem()] : []), ...notices]),
  ];
  const first = operators.isOpen ? completions[0] : (items.find(isHit) ?? items.find((item) => !('kind' in item)));
  return { items, first };
}

function answerItems(listed: Listed, answer: WorkspaceAnswer): PanelItem[] {
  const { state, question, isNarrowed, hasFileIcons, operators } = listed;
  const problems = answer.problems.filter(({ error }) => error.code !== 'engine-stopped').map(problemItem);
  // Nothing can be found in an index that holds nothing yet: its state then says more, and comes first.
  const isBlank = noticesOf(state).length > 0 && 'functions' in state && state.functions === 0;
  const isNothing = answer.hits.length === 0 && problems.length === 0 && !isBlank && !isGrowing(answer, state);
  const nothing = isNothing ? [nothingItem(question, state, isNarrowed)] : [];
  const isAlone = operators.completions.length === 0;
  // Likeness of code is the same from the first hit to the last: there is no line to draw.
  const hits =
    'origin' in question
      ? answer.hits.map((hit) => hitItem(hit, hasFileIcons))
      : hitItems(answer.hits, { hasFileIcons, isAlone });
  return [...hits, ...nothing, ...problems];
}

/** Whether a better answer comes by itself. */
const isGrowing = ({ complete }: WorkspaceAnswer, { kind }: WindowState): boolean =>
  !complete && (kind === 'starting' || kind === 'indexing');

/** A single group that stands alone needs no heading, unless the heading is a warning. */
function hitItems(
  hits: readonly FolderHit[],
  { hasFileIcons, isAlone }: { readonly hasFileIcons: boolean; readonly isAlone: boolean },
): PanelItem[] {
  const groups = groupsOf(hits);
  return groups.flatMap(({ name, hits: its }) => {
    const items = its.map((hit) => hitItem(hit, hasFileIcons));
    return name !== 'unnamed' && groups.length === 1 && isAlone ? items : under(groupText(name), items);
  });
}

function groupText(name: GroupName): string {
  switch (name) {
    case 'best':
      return vscode.l10n.t('Best matches');
    case 'related':
      return vscode.l10n.t('Also related');
    case 'tests':
      return vscode.l10n.t('Tests and examples');
    case 'unnamed':
      return vscode.l10n.t('No word of it occurs; nearest in meaning');
  }
}

const recentItems = ({ recent }: Listed): PanelItem[] =>
  under(vscode.l10n.t('Recent searches'), recent.map(recentItem));

const under = (heading: string, items: readonly PanelItem[]): PanelItem[] =>
  items.length === 0 ? [] : [separator(heading), ...items];
