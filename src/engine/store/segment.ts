/**
 * An immutable run of functions ready to be searched: ids, vectors and postings side by side, row by row. A snapshot is a
 * few of them. Made from the store's rows, or by merging others; which rows are gone since is the snapshot's business.
 */

import { buildPostings, type Postings, type RowTerms } from '../../core/lexical/postings.ts';
import { decodeTerms } from '../../core/lexical/term-blob.ts';
import type { SegmentRow } from './store.ts';

export interface Segment {
  readonly rows: number;
  readonly dimensions: number;
  /** Function ids, ascending. */
  readonly ids: Uint32Array;
  readonly fileIds: Uint32Array;
  /** Places in `KINDS`. */
  readonly kinds: Uint8Array;
  /** rows × dimensions. */
  readonly vectors: Int8Array;
  readonly postings: Postings;
}

/** `rows` in ascending order of id; a row whose vector has another length is damage and is left out. */
export function segmentOf(rows: Iterable<SegmentRow>, dimensions: number): Segment {
  const kept: { id: number; fileId: number; kind: number; vector: Uint8Array }[] = [];
  const terms: RowTerms[] = [];
  for (const row of rows) {
    if (row.vector.length !== dimensions) continue;
    kept.push({ id: row.id, fileId: row.file_id, kind: row.kind, vector: row.vector });
    terms.push(decodeTerms(row.terms));
  }
  const vectors = new Int8Array(kept.length * dimensions);
  kept.forEach(({ vector }, i) => {
    vectors.set(new Int8Array(vector.buffer, vector.byteOffset, dimensions), i * dimensions);
  });
  return {
    rows: kept.length,
    dimensions,
    ids: Uint32Array.from(kept, ({ id }) => id),
    fileIds: Uint32Array.from(kept, ({ fileId }) => fileId),
    kinds: Uint8Array.from(kept, ({ kind }) => kind),
    vectors,
    postings: buildPostings(terms),
  };
}

/** The row of a function id, or -1. */
export function rowOf({ ids }: Segment, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] === id) return middle;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
