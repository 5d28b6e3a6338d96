/** The doc comment that ends right above a definition, found by lines: markers differ by language, the place does not. */
import type { LanguageTable } from '../languages/table.ts';
import { docAttributeAbove } from './doc-attribute.ts';
import { DOC_LINES, type DocAbove, stripMarkers } from './doc-text.ts';
import type { SourceLines } from './source-lines.ts';
import { isForTool } from './tool-comments.ts';

/** `floorRow`: rows above it belong to another definition. */
export function docAbove(lines: SourceLines, startRow: number, floorRow: number, table: LanguageTable): DocAbove {
  const attribute = table.docstrings === 'attribute' ? docAttributeAbove(lines, startRow, floorRow, table) : null;
  return attribute ?? commentAbove(lines, startRow, floorRow, table);
}

function commentAbove(lines: SourceLines, startRow: number, floorRow: number, table: LanguageTable): DocAbove {
  const commentRows: number[] = [];
  const attributeRows: number[] = [];
  let row = startRow - 1;
  const lowest = Math.max(floorRow, startRow - DOC_LINES);
  while (row >= lowest) {
    const isAttribute = table.attributeLine?.test(lines.line(row)) ?? false;
    const comment = isAttribute ? null : commentEndingAt(lines, row, lowest, table);
    if (comment === null && !isAttribute) break;
    for (let i = row; i >= (comment ?? row); i--) (comment === null ? attributeRows : commentRows).push(i);
    row = (comment ?? row) - 1;
  }
  commentRows.reverse();
  const said = commentRows.map((commentRow) => lines.line(commentRow)).filter((line) => !isForTool(line, table));
  const text = stripMarkers(said, table);
  return { text, commentRows, attributeRows };
}

/** The first row of a comment whose last row is `row`; null when that row is no comment of its own. */
export function commentEndingAt(lines: SourceLines, row: number, lowest: number, table: LanguageTable): number | null {
  const line = lines.line(row).trim();
  if (table.comments.line.some((mark) => line.startsWith(mark)) && !isDirective(line)) return row;
  for (const [open, close] of table.comments.block) {
    if (!line.endsWith(close)) continue;
    for (let start = row; start >= lowest; start--) {
      const text = lines.line(start).trim();
      if (text.startsWith(open) && (start < row || text.length > open.length)) return start;
      if (start < row && text.includes(close)) return null;
    }
  }
  return null;
}

/** `#!`, `#include`, `#[derive]`, `#define`, `//go:noinline`: they look like comments and are none. */
function isDirective(line: string): boolean {
  return /^#(?:!|\[|\s*(?:include|define|if|endif|pragma)\b)|^\/\/go:/.test(line);
}
