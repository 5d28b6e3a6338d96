/**
 * An immutable run of functions ready to be searched: ids, vectors and postings side by side, row by row. A snapshot is a
 * few of them. Made from the store's rows, or by merging others; which rows are gone since is the snapshot's business.
 */

import { encodePostings, ROWS_A_STEP, readingPostings } from '../../core/lexical/encoded-postings.ts';
import { buildPostings, mergePostings, type Postings, type TermBlobs } from '../../core/lexical/postings.ts';
import { ByteList } from '../byte-list.ts';
import { atOnce, type Steps } from '../steps.ts';
import { asInt8 } from '../vectors/quantise.ts';
import type { SegmentRow } from './function-table.ts';

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

/** One that is saved. */
export type BaseSegment = Segment & { readonly postings: Required<Postings> };

/** `rows` in ascending order of id; a row whose vector has another length is damage and is left out. */
export function segmentOf(rows: Iterable<SegmentRow>, dimensions: number): Segment {
  const vectors = new ByteList();
  const { terms, ...segment } = atOnce(gather(rows, dimensions, (vector) => vectors.push(vector)));
  return { ...segment, vectors: asInt8(vectors.bytes()), postings: buildPostings(terms) };
}

/**
 * As `segmentOf`, in the least memory, and in steps: of all rows. `room`: for their vectors, where these are to lie.
 */
export function* baseSegmentOf(rows: Iterable<SegmentRow>, dimensions: number, room: Int8Array): Steps<BaseSegment> {
  const take = (vector: Uint8Array, row: number): void => room.set(asInt8(vector), row * dimensions);
  const { terms, ...segment } = yield* gather(rows, dimensions, take);
  const postings = readingPostings(yield* encodePostings(terms));
  return { ...segment, vectors: room.subarray(0, segment.rows * dimensions), postings };
}

type Gathered = Omit<Segment, 'vectors' | 'postings'> & { readonly terms: TermBlobs };

function* gather(
  rows: Iterable<SegmentRow>,
  dimensions: number,
  take: (vector: Uint8Array, row: number) => void,
): Steps<Gathered> {
  const ids: number[] = [];
  const fileIds: number[] = [];
  const kinds: number[] = [];
  const termStarts: number[] = [0];
  const terms = new ByteList();
  for (const row of rows) {
    if (row.vector.length !== dimensions) continue;
    take(row.vector, ids.length);
    ids.push(row.id);
    fileIds.push(row.file_id);
    kinds.push(row.kind);
    terms.push(row.terms);
    termStarts.push(terms.length);
    if (ids.length % ROWS_A_STEP === 0) yield;
  }
  return {
    rows: ids.length,
    dimensions,
    ids: Uint32Array.from(ids),
    fileIds: Uint32Array.from(fileIds),
    kinds: Uint8Array.from(kinds),
    terms: { bytes: terms.bytes(), starts: Uint32Array.from(termStarts) },
  };
}

/** What is merged: `gone` is 1 for the rows that are left out. */
interface Mergeable {
  readonly segment: Segment;
  readonly gone: Uint8Array;
}

/** One of several, in ascending order of their ids; none of them from a file. */
export function mergeSegments(all: readonly Mergeable[], dimensions: number): Segment {
  let rows = 0;
  const placed = all.map(({ segment, gone }) => {
    const places = Int32Array.from(gone, (isGone) => (isGone === 1 ? -1 : rows++));
    return { segment, places, postings: segment.postings };
  });
  const merged = {
    ids: new Uint32Array(rows),
    fileIds: new Uint32Array(rows),
    kinds: new Uint8Array(rows),
    vectors: new Int8Array(rows * dimensions),
  };
  for (const { segment, places } of placed) {
    places.forEach((place, row) => {
      if (place < 0) return;
      merged.ids[place] = segment.ids[row]!;
      merged.fileIds[place] = segment.fileIds[row]!;
      merged.kinds[place] = segment.kinds[row]!;
      merged.vectors.set(segment.vectors.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
    });
  }
  return { rows, dimensions, ...merged, postings: mergePostings(rows, placed) };
}
