/** Rows that hold nothing but comment, found by the language's marks: what stands behind a comment on its last row is code. */
import type { LanguageTable } from '../languages/table.ts';
import type { SourceLines } from './source-lines.ts';

/**
 * Of `rows`, which are ascending. A comment that nobody closes before the next gap in them is its first row alone: what opens
 * it may stand in a string, and no code is to be lost for it.
 */
export function commentRows(lines: SourceLines, rows: readonly number[], table: LanguageTable): ReadonlySet<number> {
  const found = new Set<number>();
  const ends = closingPlaces(lines, rows, table);
  for (let place = 0; place < rows.length; place++) {
    const line = lines.line(rows[place]!).trim();
    const style = table.comments.block.findIndex(([open]) => line.startsWith(open));
    if (style < 0) {
      if (isLineComment(line, table)) found.add(rows[place]!);
      continue;
    }
    const [open, close] = table.comments.block[style]!;
    const isClosedHere = line.includes(close, open.length);
    const last = isClosedHere ? place : ends[style]![place + 1]!;
    const end = isContiguous(rows, place, last) ? last : place;
    for (let i = place; i < end; i++) found.add(rows[i]!);
    const lastLine = lines.line(rows[end]!).trim();
    if (!hasCodeBehind(lastLine, end === place ? open.length : 0, close, table)) found.add(rows[end]!);
    place = end;
  }
  return found;
}

/** By style: for each place in `rows` the next one, itself included, whose line holds the closing mark; -1 when none does. */
function closingPlaces(lines: SourceLines, rows: readonly number[], { comments }: LanguageTable): Int32Array[] {
  return comments.block.map(([, close]) => {
    const places = new Int32Array(rows.length + 1).fill(-1);
    for (let place = rows.length - 1; place >= 0; place--)
      places[place] = lines.line(rows[place]!).includes(close) ? place : places[place + 1]!;
    return places;
  });
}

const isContiguous = (rows: readonly number[], from: number, to: number): boolean =>
  to >= 0 && rows[to]! - rows[from]! === to - from;

/** `line`: trimmed; `from`: where the closing mark may be. Further comments behind the first are no code. */
function hasCodeBehind(line: string, from: number, close: string, table: LanguageTable): boolean {
  let end = line.indexOf(close, from);
  while (end >= 0) {
    const rest = line.slice(end + close.length).trimStart();
    if (rest === '' || isLineComment(rest, table)) return false;
    const block = table.comments.block.find(([open]) => rest.startsWith(open));
    if (!block) return true;
    end = line.indexOf(block[1], line.length - rest.length + block[0].length);
  }
  return false;
}

function isLineComment(line: string, { comments }: LanguageTable): boolean {
  return comments.line.some((mark) => line.startsWith(mark)) && !/^#\s*(?:include|define|!)/.test(line);
}
