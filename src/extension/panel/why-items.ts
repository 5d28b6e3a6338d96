/** What the panel lists about one hit: why it ranks where it does, and what it stands for besides itself. */
import * as vscode from 'vscode';
import type { FolderHit } from '../../service/merge.ts';
import { alsoHits } from '../hit-identity.ts';
import { plainLabel } from '../plain-label.ts';
import { reasonLines, scoreText } from '../texts.ts';
import { alsoItem, type PanelItem, type ReasonItem } from './items.ts';

/** The reasons first; what else the hit stands for opens as any hit does. */
export function whyItems(hit: FolderHit, hasFileIcons: boolean): readonly PanelItem[] {
  const also = alsoHits(hit).map((each) => alsoItem(each, hasFileIcons));
  return [...[scoreText(hit), ...reasonLines(hit)].map(reasonItem), ...also];
}

export const whyTitle = ({ name }: FolderHit): string => vscode.l10n.t('Why {0}', name);

function reasonItem(text: string): PanelItem {
  return { label: plainLabel(text), alwaysShow: true, reason: true } satisfies ReasonItem;
}
