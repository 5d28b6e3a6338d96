/** Ranges of lines as an editor has them: how they are found and kept in step with edits. Pure. */
import type { Lines } from '../../core/functions/innermost.ts';

/** An edit as the editor tells it: rows and columns from 0, of the text as it was before. */
export interface Edit {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly text: string;
}

/** The lines around `line` up to the next blank ones; null on a blank line. */
export function paragraph(lineCount: number, textOf: (line: number) => string, line: number): Lines | null {
  const isBlank = (at: number): boolean => textOf(at).trim() === '';
  if (isBlank(line)) return null;
  let [startLine, endLine] = [line, line];
  while (startLine > 1 && !isBlank(startLine - 1)) startLine--;
  while (endLine < lineCount && !isBlank(endLine + 1)) endLine++;
  return { startLine, endLine };
}

/** Where `lines` are after an edit; null when it touched them. */
export function afterEdit({ startLine, endLine }: Lines, { start, end, text }: Edit): Lines | null {
  const [first, last] = [startLine - 1, endLine - 1];
  if (start.line > last) return { startLine, endLine };
  const keepsLineStart = text === '' ? start.character === 0 : text.endsWith('\n');
  const isAbove = end.line < first || (end.line === first && end.character === 0 && keepsLineStart);
  if (!isAbove) return null;
  const moved = text.split('\n').length - 1 - (end.line - start.line);
  return { startLine: startLine + moved, endLine: endLine + moved };
}
