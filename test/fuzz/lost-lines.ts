/**
 * The lines of code that no chunk holds, by rules of its own: it shares the languages' tables with the product and nothing
 * else. What may be missing is what says nothing: comments, imports, brackets, a licence at the head.
 */
import type { CodeFunction } from '../../src/core/code-function.ts';
import type { LanguageTable } from '../../src/core/languages/table.ts';

/** From 1. */
export function lostLines(text: string, table: LanguageTable, functions: readonly CodeFunction[]): number[] {
  const rows = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const held = new Uint8Array(rows.length + 2);
  for (const { startLine, endLine } of functions) held.fill(1, startLine, endLine + 1);
  const inComments = commentLines(rows, table);
  const isCut = functions.some(({ kind }) => kind === 'lines');
  const suspects = rows.flatMap((row, i) => {
    if (held[i + 1] === 1 || (isCut ? row.trim() === '' : inComments.has(i + 1) || !saysSomething(row.trim(), table)))
      return [];
    return [i + 1];
  });
  if (suspects.length === 0 || isCut) return suspects;
  const docs = functions.map(({ doc }) => lettersOf(doc)).join('\n');
  const isLongDoc = functions.some(({ doc }) => doc.length > 3000);
  const licenceEnd = endOfLicence(rows, table);
  return isLongDoc ? [] : suspects.filter((line) => line > licenceEnd && !docs.includes(lettersOf(rows[line - 1]!)));
}

/** Lines of comments that begin with a line, to the line that ends them. */
function commentLines(rows: readonly string[], { comments }: LanguageTable): ReadonlySet<number> {
  const inside = new Set<number>();
  let closing: string | null = null;
  rows.forEach((row, i) => {
    closing ??= comments.block.find(([open]) => row.trim().startsWith(open))?.[1] ?? null;
    if (closing !== null && !row.includes(closing)) inside.add(i + 1);
    else closing = null;
  });
  return inside;
}

function saysSomething(line: string, { comments, importLine, docstrings }: LanguageTable): boolean {
  if (docstrings === 'attribute' && /^@(?:module)?doc\b/.test(line)) return false;
  if (!/[\p{L}\d]{2}/u.test(line) || importLine.test(line) || /^(?:end|else|fi|done|esac)\b/.test(line)) return false;
  if (comments.line.some((mark) => line.startsWith(mark))) return false;
  return !comments.block.some(([open, close]) => line.startsWith(open) || line.startsWith('*') || line.endsWith(close));
}

/** Documentation is shown without its tags and its marks. */
const lettersOf = (text: string): string => text.replace(/<[^<>\n]*>/g, '').replace(/[^\p{L}\p{N}\n]+/gu, '');

const LICENCE = /licen[cs]e|copyright|SPDX|warranty|all rights reserved/i;

/** The last line of the comment at the head when it is a licence; 0 without one. */
function endOfLicence(rows: readonly string[], { comments }: LanguageTable): number {
  let end = 0;
  let closing: string | null = null;
  for (const row of rows) {
    const line = row.trim();
    const block = comments.block.find(([open]) => line.startsWith(open));
    if (
      closing === null &&
      line !== '' &&
      !block &&
      !line.startsWith('#!') &&
      !comments.line.some((mark) => line.startsWith(mark))
    )
      break;
    closing ??= block?.[1] ?? null;
    if (closing !== null && line.includes(closing)) closing = null;
    end++;
  }
  return LICENCE.test(rows.slice(0, end).join('\n')) ? end : 0;
}
