/** What is left of a file once its definitions are taken out: routes, scripts, constants, the words at its head. */
import type { LanguageTable } from '../languages/table.ts';
import { commentRows } from './comment-rows.ts';
import type { SourceLines } from './source-lines.ts';

const CHUNK_ROWS = 60;
/** Rows farther apart than this are not shown as one range. */
const GAP_ROWS = 40;
/** A comment says something from this many words on. */
const TELLING_WORDS = 8;
/** The longest licences have fewer. */
const LICENCE_ROWS = 1000;
const LICENCE = /\b(?:licen[cs]ed?|copyright|SPDX|warranty|all rights reserved)\b/i;

/** Runs of rows worth finding; `rows` ascending. */
export function leftoverRuns(lines: SourceLines, rows: readonly number[], table: LanguageTable): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  const licence = licenceRows(lines, table);
  const comments = commentRows(lines, rows, table);
  for (const row of rows.filter((candidate) => lines.line(candidate).trim() !== '' && candidate >= licence)) {
    if (run.length >= CHUNK_ROWS || (run.length > 0 && row - run.at(-1)! > GAP_ROWS)) {
      runs.push(run);
      run = [];
    }
    run.push(row);
  }
  if (run.length > 0) runs.push(run);
  return runs.filter((candidate) => isTelling(lines, candidate, comments, table));
}

/** How many rows at the file's head are a licence: every file has the same, so it says nothing of this one. */
function licenceRows(lines: SourceLines, table: LanguageTable): number {
  const rows = Array.from({ length: Math.min(lines.count, LICENCE_ROWS) }, (_, row) => row);
  const comments = commentRows(lines, rows, table);
  const isHead = (row: number): boolean => comments.has(row) || /^$|^#!/.test(lines.line(row).trim());
  const end = rows.find((row) => !isHead(row)) ?? rows.length;
  return LICENCE.test(lines.text(0, end - 1)) ? end : 0;
}

function isTelling(
  lines: SourceLines,
  rows: readonly number[],
  comments: ReadonlySet<number>,
  table: LanguageTable,
): boolean {
  const said: string[] = [];
  for (const row of rows) {
    const line = lines.line(row).trim();
    if (comments.has(row)) said.push(line);
    else if (!table.importLine.test(line) && /[\p{L}\d]{2}/u.test(line) && !/^(?:end|else|fi|done|esac)\b/.test(line))
      return true;
  }
  const words = said.join(' ');
  return !LICENCE.test(words) && (words.match(/\p{L}{2,}/gu)?.length ?? 0) >= TELLING_WORDS;
}
