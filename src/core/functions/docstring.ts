/** Documentation inside of what it documents: Python's string as a first statement, Elixir's `@moduledoc`. */
import type { Node } from 'web-tree-sitter';
import type { LanguageTable } from '../languages/table.ts';
import { bodyOf } from './definitions.ts';
import { dedent, stripMarkers } from './doc-text.ts';
import type { SourceLines } from './source-lines.ts';

export interface Docstring {
  readonly text: string;
  readonly startRow: number;
  readonly endRow: number;
}

export function docstringOf(definition: Node): Docstring | null {
  const statement = bodyOf(definition)?.firstNamedChild;
  const string = statement?.type === 'expression_statement' ? statement.firstNamedChild : null;
  if (!statement || string?.type !== 'string') return null;
  return { text: stringText(string.text), startRow: statement.startPosition.row, endRow: statement.endPosition.row };
}

function stringText(literal: string): string {
  const inner = literal.replace(/^[rRuUbBfF]*("""|'''|"|')/, '').replace(/("""|'''|"|')$/, '');
  return dedent(inner.replace(/\r/g, '').split('\n')).join('\n').trim();
}

/** The `@moduledoc` on a module's first telling row; rows from 0, both ends included. */
export function moduledocIn(
  lines: SourceLines,
  startRow: number,
  endRow: number,
  table: LanguageTable,
): Docstring | null {
  let row = startRow + 1;
  while (row < endRow && lines.line(row).trim() === '') row++;
  const line = lines.line(row).trim();
  if (!/^@moduledoc\s+(?:~[sS])?"/.test(line)) return null;
  let end = row;
  if (line.endsWith('"""'))
    do end++;
    while (end < endRow && !lines.line(end).trim().endsWith('"""'));
  const rows = Array.from({ length: end - row + 1 }, (_, i) => lines.line(row + i));
  return { text: stripMarkers(rows, table), startRow: row, endRow: end };
}
