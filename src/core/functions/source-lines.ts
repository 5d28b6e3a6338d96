/** A source text by rows (from 0), so that ranges are cut without copying the text. */

export interface SourceLines {
  readonly count: number;
  /** Without its line end. */
  line(row: number): string;
  /** Both ends included. */
  text(startRow: number, endRow: number): string;
}

export function sourceLines(source: string): SourceLines {
  const lines = source.split('\n');
  // CRLF: the carriage return is part of the line end, not of the code.
  if (source.includes('\r')) for (let i = 0; i < lines.length; i++) lines[i] = lines[i]!.replace(/\r$/, '');
  return {
    count: lines.length,
    line: (row) => lines[row] ?? '',
    text: (startRow, endRow) => lines.slice(startRow, endRow + 1).join('\n'),
  };
}
