/**
 * Elixir's `@doc`. It counts for the next definition whatever attributes and blank lines lie between, where a comment
 * must stand right above.
 */
import type { LanguageTable } from '../languages/table.ts';
import { DOC_LINES, type DocAbove, stripMarkers } from './doc-text.ts';
import type { SourceLines } from './source-lines.ts';

const ONE_LINE = /^@doc\s*\(?\s*(?:~[sS])?"(?!"")/;
const OPENING = /^@(\w+)\s*\(?\s*(?:~[sS])?"""/;
const CLOSING = /^"""\)?$/;
/** Callbacks have documentation of their own; Phoenix's `attr` and `slot` describe a component. */
const ATTRIBUTE = /^@(?!(?:macro)?callback\b|doc\s*\(?\s*(?:false\b|["'~]))\w+|^(?:attr|slot)\b/;

/** `floorRow`: rows above it belong to another definition. Null when there is no `@doc` for the definition. */
export function docAttributeAbove(
  lines: SourceLines,
  startRow: number,
  floorRow: number,
  table: LanguageTable,
): DocAbove | null {
  const attributeRows: number[] = [];
  const indent = indentOf(lines.line(startRow));
  for (let row = startRow - 1; row >= Math.max(floorRow, startRow - DOC_LINES); row--) {
    const line = lines.line(row).trim();
    if (CLOSING.test(line)) {
      const start = openingRow(lines, row, floorRow);
      const attribute = OPENING.exec(lines.line(start).trim())?.[1];
      if (attribute === 'doc') return found(lines, start, row, attributeRows, table);
      if (!attribute) return null;
      row = start;
    } else if (ONE_LINE.test(line)) return found(lines, row, row, attributeRows, table);
    else if (line !== '') {
      if (!passes(lines.line(row), indent)) return null;
      attributeRows.push(row);
    }
  }
  return null;
}

/** An attribute, a comment, or what goes on from the line above: its end, or rows that stand deeper. */
function passes(row: string, indent: number): boolean {
  const line = row.trim();
  return ATTRIBUTE.test(line) || /^(?:#|[)\]}]|end$)/.test(line) || indentOf(row) > indent;
}

function openingRow(lines: SourceLines, closingRow: number, floorRow: number): number {
  let row = closingRow - 1;
  while (row > floorRow && !lines.line(row).includes('"""')) row--;
  return Math.max(row, floorRow);
}

function found(
  lines: SourceLines,
  startRow: number,
  endRow: number,
  attributeRows: readonly number[],
  table: LanguageTable,
): DocAbove {
  const commentRows = Array.from({ length: endRow - startRow + 1 }, (_, i) => startRow + i);
  const text = stripMarkers(
    commentRows.map((row) => lines.line(row)),
    table,
  );
  return { text, commentRows, attributeRows };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
