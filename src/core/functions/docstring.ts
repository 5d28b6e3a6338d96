/** Python's docstring: the string that is a body's first statement. */
import type { Node } from 'web-tree-sitter';
import { bodyOf } from './definitions.ts';

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
  const lines = inner.replace(/\r/g, '').split('\n');
  const indents = lines
    .slice(1)
    .filter((line) => line.trim())
    .map((line) => line.match(/^\s*/)![0].length);
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return lines
    .map((line, i) => (i === 0 ? line : line.slice(indent)).trimEnd())
    .join('\n')
    .trim();
}
