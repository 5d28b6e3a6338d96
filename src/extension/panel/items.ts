/** The kinds of item that the panel lists. */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { iconOf, placeOf, uriOf } from '../hit.ts';
import { keyOf } from '../hit-identity.ts';
import { plainLabel } from '../plain-label.ts';
import type { SimilarOrigin } from '../similar-origin.ts';
import { buttonsFor, FORGET, type HitAction } from './buttons.ts';
import type { Completion } from './operators.ts';

export interface HitItem extends vscode.QuickPickItem {
  readonly hit: FolderHit;
  /** Newer editors take the file's icon from it. */
  readonly resourceUri?: vscode.Uri;
}

/** Not a hit but a fact, with the command that answers it. */
export interface NoticeItem extends vscode.QuickPickItem {
  readonly command: string;
  readonly arguments?: readonly unknown[];
  /** The command shows something else, for which the panel has to go. */
  readonly leaves?: boolean;
}

/** Says what to do next, which is nothing that Enter could do. */
export interface HintItem extends vscode.QuickPickItem {
  readonly hint: true;
}

/** Enter lists what is like the code instead. */
export interface InsteadItem extends vscode.QuickPickItem {
  readonly instead: SimilarOrigin;
}

/** A line of the answer to "why this result?"; Enter on it leads back to the results. */
export interface ReasonItem extends vscode.QuickPickItem {
  readonly reason: true;
}

/** Enter completes the word that is being typed. */
export interface CompletionItem extends vscode.QuickPickItem {
  readonly completion: Completion;
}

/** A question of before; Enter asks it again. */
export interface RecentItem extends vscode.QuickPickItem {
  readonly recent: string;
}

export interface SeparatorItem extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

export type PanelItem =
  | HitItem
  | NoticeItem
  | HintItem
  | InsteadItem
  | ReasonItem
  | CompletionItem
  | RecentItem
  | SeparatorItem;

export const isHit = (item: PanelItem | undefined): item is HitItem => item !== undefined && 'hit' in item;

/** Null: it is no hit. */
export function keyOfItem(item: PanelItem | undefined): string | null | undefined {
  if (!item) return undefined;
  return isHit(item) ? keyOf(item.hit) : null;
}

/** A screen reader reads label, description and detail in this order, so that each says something by itself. */
export function hitItem(hit: FolderHit, hasFileIcons: boolean): HitItem {
  const more = hit.also?.length ?? 0;
  return {
    ...placeItem(hit, hasFileIcons, ['why', 'similar', 'side', 'copy']),
    description: plainLabel(more > 0 ? `${placeOf(hit)}  +${more}` : placeOf(hit)),
    detail: plainLabel(hit.preview.trim()),
  };
}

/** Another place that a hit stands for. */
export function alsoItem(hit: FolderHit, hasFileIcons: boolean): HitItem {
  return {
    ...placeItem(hit, hasFileIcons, ['side', 'copy']),
    description: plainLabel(vscode.l10n.t('also at {0}', placeOf(hit))),
  };
}

function placeItem(hit: FolderHit, hasFileIcons: boolean, actions: readonly HitAction[]): HitItem {
  const icon = hasFileIcons
    ? { resourceUri: uriOf(hit), iconPath: vscode.ThemeIcon.File }
    : { iconPath: new vscode.ThemeIcon(iconOf(hit)) };
  return { hit, label: plainLabel(hit.name), ...icon, alwaysShow: true, buttons: buttonsFor(actions) };
}

export function completionItem(completion: Completion): CompletionItem {
  const label = plainLabel(completion.word.trim());
  return { label, iconPath: new vscode.ThemeIcon('filter'), completion, alwaysShow: true };
}

export function recentItem(recent: string): RecentItem {
  const label = plainLabel(recent);
  return { label, iconPath: new vscode.ThemeIcon('history'), recent, alwaysShow: true, buttons: [FORGET] };
}

export const separator = (label: string): SeparatorItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
