/** The commands of the editor: code like this code, a search with what is selected, and the marks that opened hits leave. */
import * as vscode from 'vscode';
import type { SimilarOrigin } from '../similar-origin.ts';
import { type Command, whenSearchable } from '../when-searchable.ts';
import type { KenningWindow } from '../window.ts';
import { type CodePlace, originAt, originOfPlace } from './code-at.ts';
import { questionOf } from './question.ts';

export const EDITOR_COMMANDS: Readonly<Record<string, Command>> = {
  'kenning.findSimilar': whenSearchable((window, place?: unknown) => findSimilar(window, place, {})),
  'kenning.findDuplicates': whenSearchable((window, place?: unknown) =>
    findSimilar(window, place, { only: 'duplicates' }),
  ),
  'kenning.searchSelection': (window) => window.openPanel(selectedQuestion()),
  'kenning.clearHighlights': (window) => window.highlights.clear(),
};

/** `place`: a hit or a lens's function; a menu of the editor gives its document instead, which the cursor is in. */
async function findSimilar(window: KenningWindow, place: unknown, wish: Pick<SimilarOrigin, 'only'>): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const origin = isPlace(place) ? await originOfPlace(place) : editor && (await originAt(window.client, editor));
  if (origin) return window.openSimilar({ ...origin, ...wish });
  const text = editor
    ? vscode.l10n.t('There is no code here: select some, or put the cursor into a function.')
    : vscode.l10n.t('Open a file first, and put the cursor into a function or select code.');
  // Not awaited: the message may stay for long.
  void vscode.window.showInformationMessage(text);
}

const isPlace = (value: unknown): value is CodePlace =>
  typeof value === 'object' && value !== null && 'folder' in value && 'startLine' in value;

/** The word at the cursor where nothing is selected; undefined where there is none: the box then shows the last question. */
function selectedQuestion(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const range = selection.isEmpty ? document.getWordRangeAtPosition(selection.active) : selection;
  return (range && questionOf(document.getText(range))) || undefined;
}
