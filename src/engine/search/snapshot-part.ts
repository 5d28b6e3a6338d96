/** One segment as it is searched: what a segment holds, which of its rows are gone, and sums over the others. */
import { type RowScores, rowScores } from '../../core/lexical/bm25f.ts';
import { FieldSums } from '../../core/lexical/field-sums.ts';
import type { Segment } from '../store/segment.ts';
import type { Graph } from '../vectors/graph.ts';
import { createScan, type Scan } from '../vectors/scan.ts';
import { FileVectors } from './file-vectors.ts';

/** A segment with what searching adds to it. */
export interface SnapshotPart {
  readonly segment: Segment;
  readonly scan: Scan;
  /** 1 for rows that are in the store no more. */
  readonly gone: Uint8Array;
  /** Over the rows that are not gone. */
  readonly files: FileVectors;
  readonly sums: FieldSums;
  readonly graph: Graph | null;
  /** One for each row, to reckon with while one question is answered: to make it anew each time costs more. */
  readonly scratch: RowScores;
}

/** `scanModule`: null to compare vectors without WebAssembly. */
export function partOf(segment: Segment, scanModule: WebAssembly.Module | null): SnapshotPart {
  return partWith(segment, createScan(scanModule, segment.vectors, segment.dimensions));
}

/** `scan`: over the segment's vectors, or a copy of them: one is kept. */
export function partWith(segment: Segment, scan: Scan): SnapshotPart {
  const own = { ...segment, vectors: scan.vectors };
  const [gone, scratch] = [new Uint8Array(segment.rows), rowScores(segment.rows)];
  const sums = FieldSums.of(own.postings);
  return { segment: own, scan, gone, files: new FileVectors(own, gone), sums, graph: null, scratch };
}

/** From now on the row counts no more, for no snapshot. */
export function markGone({ gone, files, sums }: SnapshotPart, row: number): void {
  if (gone[row] === 1) return;
  gone[row] = 1;
  files.remove(row);
  sums.remove(row);
}

/** The same part without some more of its rows; what others see of it stays as it is. */
export function partWithout(part: SnapshotPart, rows: readonly number[]): SnapshotPart {
  const [gone, sums] = [part.gone.slice(), part.sums.copy()];
  for (const row of rows) {
    if (gone[row] === 0) sums.remove(row);
    gone[row] = 1;
  }
  return { ...part, gone, sums };
}
