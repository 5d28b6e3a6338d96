/** Cuts rows that are too many for one chunk: at statement borders where the tree shows them, else where it must. */
import type { Node } from 'web-tree-sitter';
import { bodyOf } from './definitions.ts';

/** Up to this a function stays whole. */
export const WHOLE_ROWS = 80;
const PIECE_ROWS = 60;
/** A last piece shorter than this joins the one before. */
const LEAST_ROWS = 8;

/** `rows`: ascending. `borders`: rows at which a piece may start. Every row is in exactly one piece. */
export function pieces(rows: readonly number[], borders: ReadonlySet<number>): number[][] {
  if (rows.length <= WHOLE_ROWS) return rows.length > 0 ? [[...rows]] : [];
  const cut: number[][] = [];
  for (let start = 0; start < rows.length; ) {
    const end = pieceEnd(rows, start, borders);
    cut.push(rows.slice(start, end));
    start = end;
  }
  return cut;
}

function pieceEnd(rows: readonly number[], start: number, borders: ReadonlySet<number>): number {
  if (rows.length - start <= PIECE_ROWS + LEAST_ROWS) return rows.length;
  for (let end = start + PIECE_ROWS; end > start + LEAST_ROWS; end--) if (borders.has(rows[end]!)) return end;
  return start + PIECE_ROWS;
}

/** The rows where a function's clauses and their statements start, going into those that are themselves longer than a piece. */
export function statementRows(clauses: readonly Node[]): ReadonlySet<number> {
  const rows = new Set(clauses.map((clause) => clause.startPosition.row));
  const pending = clauses.flatMap((clause) => bodyOf(clause) ?? []);
  for (let node = pending.pop(); node; node = pending.pop()) {
    for (const child of node.namedChildren) {
      if (!child) continue;
      rows.add(child.startPosition.row);
      if (child.endPosition.row - child.startPosition.row > PIECE_ROWS) pending.push(child);
    }
  }
  return rows;
}
