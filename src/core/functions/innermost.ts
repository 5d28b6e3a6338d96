/** Which of a file's functions and types a line belongs to. Pure. */

/** From 1, both ends included. */
export interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

/** The innermost of `entries`, which come outer ones first, that holds `line`. */
export function innermost<T extends Lines>(entries: readonly T[], line: number): T | undefined {
  return entries.findLast(({ startLine, endLine }) => startLine <= line && line <= endLine);
}
