/** The doc comment that ends right above a definition, found by lines: markers differ by language, the place does not. */
import type { LanguageTable } from '../languages/table.ts';
import { stripMarkers } from './doc-text.ts';
import type { SourceLines } from './source-lines.ts';

export interface DocAbove {
  readonly text: string;
  /** Rows that are comment, so that they are no code. */
  readonly commentRows: readonly number[];
  /** Rows of attributes that stand outside of the definition's node. */
  readonly attributeRows: readonly number[];
}

/** Doc comments of real code are shorter; a wall of commented-out code need not be read to its top. */
export const DOC_LINES = 120;

/** `floorRow`: rows above it belong to another definition. */
export function docAbove(lines: SourceLines, startRow: number, floorRow: number, table: LanguageTable): DocAbove {
  const commentRows: number[] = [];
  const attributeRows: number[] = [];
  let row = startRow - 1;
  const lowest = Math.max(floorRow, startRow - DOC_LINES);
  while (row >= lowest) {
    const comment = commentEndingAt(lines, row, lowest, table);
    if (comment === null && !(table.attributeLine?.test(lines.line(row)) ?? false)) break;
    for (let i = row; i >= (comment ?? row); i--) (comment === null ? attributeRows : commentRows).push(i);
    row = (comment ?? row) - 1;
  }
  commentRows.reverse();
  const text = stripMarkers(
    commentRows.map((commentRow) => lines.line(commentRow)),
    table,
  );
  return { text, commentRows, attributeRows };
}

/** The first row of a comment whose last row is `row`; null when that row is no comment of its own. */
export function commentEndingAt(lines: SourceLines, row: number, lowest: number, table: LanguageTable): number | null {
  const line = lines.line(row).trim();
  if (table.comments.line.some((mark) => line.startsWith(mark)) && !isDirective(line)) return row;
  for (const [open, close] of blockStyles(table)) {
    if (!line.endsWith(close)) continue;
    for (let start = row; start >= lowest; start--) {
      const text = lines.line(start).trim();
      if (text.startsWith(open) && (start < row || text.length > open.length)) return start;
      if (start < row && text.includes(close) && close !== '"""') return null;
    }
  }
  return null;
}

function blockStyles(table: LanguageTable): readonly (readonly [string, string])[] {
  return table.docstrings === 'attribute'
    ? [...table.comments.block, ['@doc """', '"""'], ['@doc "', '"']]
    : table.comments.block;
}

/** `#!`, `#include`, `#[derive]`, `#define`, `//go:noinline`: they look like comments and are none. */
function isDirective(line: string): boolean {
  return /^#(?:!|\[|\s*(?:include|define|if|endif|pragma)\b)|^\/\/go:/.test(line);
}
