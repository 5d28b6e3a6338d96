/** A hit's code as a model sees it, cut from its file by its lines. Pure: whoever has the file gives its text. */
import type { CodeFunction } from '../code-function.ts';
import { sourceLines } from '../functions/source-lines.ts';
import { beginning } from '../text/beginning.ts';

/** A longer line is data rather than code; its beginning tells as much. */
const LINE_CHARS = 400;

/** What of a hit tells where its code is, and what it was when it was indexed. */
export type Excerpted = Pick<CodeFunction, 'startLine' | 'endLine'> & {
  /** A line of the code, as indexed. */
  readonly preview: string;
};

/** Null when the text no longer holds at these lines what was indexed there: another's code would be worse than none. */
export function excerptOf(text: string, { startLine, endLine, preview }: Excerpted): string | null {
  const lines = sourceLines(text);
  if (startLine > lines.count || !isStill(lines.text(startLine - 1, endLine - 1), preview)) return null;
  const rows: string[] = [];
  for (let row = startLine - 1; row < Math.min(endLine, lines.count); row++) rows.push(cut(lines.line(row)));
  return withoutIndent(rows).join('\n').trimEnd();
}

/** The line that was taken for the preview need not be the first one. */
const isStill = (code: string, preview: string): boolean => code.includes(preview.trim());

const cut = (line: string): string => (line.length > LINE_CHARS ? `${beginning(line, LINE_CHARS)} …` : line);

/** The white space that every line begins with costs tokens and says nothing. */
function withoutIndent(rows: readonly string[]): readonly string[] {
  const filled = rows.filter((row) => row.trim() !== '');
  const indents = filled.map((row) => /^[ \t]*/.exec(row)![0]);
  const shared = indents.reduce((a, b) => commonStart(a, b), indents[0] ?? '');
  return shared === ''
    ? rows
    : rows.map((row) => (row.startsWith(shared) ? row.slice(shared.length) : row.trimStart()));
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
