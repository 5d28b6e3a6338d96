/** What documents a definition from above: which rows, and their words without marks. */
import type { LanguageTable } from '../languages/table.ts';

export interface DocAbove {
  readonly text: string;
  /** Rows that are comment, so that they are no code. */
  readonly commentRows: readonly number[];
  /** Rows of attributes that stand outside of the definition's node. */
  readonly attributeRows: readonly number[];
}

/** Doc comments of real code are shorter; a wall of commented-out code need not be read to its top. */
export const DOC_LINES = 120;

const LINE_MARK = /^\s*(?:\/\/[/!]?|#+'?|--+\s?[|^]?|\*(?!\/)|"""|;+)\s?/;
const BLOCK_OPEN = /^\s*(?:\/\*[*!]?|\{-\s?\|?|--\[\[|=begin|@(?:module)?doc\s+~?[sS]?"""|@(?:module)?doc\s+"|\("?)\s?/;
/** At the end of a row without white space behind it; the look-behind keeps it linear in rows of stars. */
const BLOCK_CLOSE = /(?:(?<!\*)\*+\/|-\}|\]\]|=end|"""|")$/;

/** A row that parts others, as `-----` does. */
const RULER = /^\s*(?:[-=*#~_+/\\.<>\u2500-\u257f]\s*){3,}$/;

export function stripMarkers(rows: readonly string[], table: LanguageTable): string {
  if (rows.length === 0) return '';
  const inBlock =
    !table.comments.line.some((mark) => rows[0]!.trim().startsWith(mark)) || rows[0]!.trim().startsWith('--[[');
  const plain = rows.map((row, i) => {
    const opened = (inBlock && i === 0 ? row.replace(BLOCK_OPEN, '') : row.replace(LINE_MARK, '')).trimEnd();
    const text = inBlock && i === rows.length - 1 ? opened.replace(BLOCK_CLOSE, '') : opened;
    return text
      .trimEnd()
      .replace(/\*\/$/, '')
      .replace(/^\s*\/\*\*?\s?/, '')
      .trimEnd();
  });
  const said = (inBlock ? dedent(plain) : plain).filter((row) => !RULER.test(row));
  return dropTags(said.join('\n')).trim();
}

/** Blocks are indented as the code around them; the first row starts behind the opening mark. */
export function dedent(rows: readonly string[]): string[] {
  let indent = Number.POSITIVE_INFINITY;
  for (const row of rows.slice(1)) if (row.trim()) indent = Math.min(indent, row.search(/\S/));
  return rows.map((row, i) => (i === 0 || indent === Number.POSITIVE_INFINITY ? row : row.slice(indent)).trimEnd());
}

/** XML documentation tags say how to draw a sentence, not what it says. */
function dropTags(text: string): string {
  return text.replace(
    /<\/?(?:summary|remarks|para|returns|param|typeparam|see|paramref|c|code|exception|inheritdoc|p|br|ul|li|b|i|em|tt|pre)\b[^<>\n]*>/g,
    '',
  );
}
