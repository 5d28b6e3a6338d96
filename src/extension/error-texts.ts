/** The engine's errors and notices in the editor's language. A sentence that is not known is shown as it is. */
import * as vscode from 'vscode';
import { recognise } from './engine-sentences.ts';

/** `thrown`: of any kind. */
export const errorText = (thrown: unknown): string =>
  sentenceText(thrown instanceof Error ? thrown.message : String(thrown));

/** A sentence may quote another. */
export function sentenceText(english: string): string {
  // Without a bundle the editor's language is English.
  const sentence = vscode.l10n.bundle ? recognise(english) : null;
  return sentence ? vscode.l10n.t(sentence.text, ...sentence.values.map(sentenceText)) : english;
}
