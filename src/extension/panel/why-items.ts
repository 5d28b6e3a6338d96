/** What the panel lists about one hit: why it ranks where it does, and what it stands for besides itself. */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { iconOf, placeOf } from '../hit.ts';
import { reasonLines, scoreText } from '../texts.ts';
import { alsoHits } from '../views/result-tree.ts';
import { COPY_PLACE, type HitItem, OPEN_TO_SIDE, type PanelItem, type ReasonItem } from './items.ts';

/** The reasons first; what else the hit stands for opens as any hit does. */
export function whyItems(hit: FolderHit): readonly PanelItem[] {
  return [scoreText(hit), ...reasonLines(hit)].map(reasonItem).concat(alsoHits(hit).map(alsoItem));
}

export const whyTitle = ({ name }: FolderHit): string => vscode.l10n.t('Why {0}', name);

function reasonItem(label: string): PanelItem {
  return { label, alwaysShow: true, reason: true } satisfies ReasonItem;
}

function alsoItem(hit: FolderHit): PanelItem {
  return {
    hit,
    label: `$(${iconOf(hit)}) ${hit.name}`,
    description: vscode.l10n.t('also at {0}', placeOf(hit)),
    alwaysShow: true,
    buttons: [OPEN_TO_SIDE, COPY_PLACE],
  } satisfies HitItem;
}
