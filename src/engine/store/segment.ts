/**
 * An immutable run of functions ready to be searched: ids, vectors and postings side by side, row by row. A snapshot is a
 * few of them. Made from the store's rows, or by merging others; which rows are gone since is the snapshot's business.
 */

import { buildPostings, type Postings } from '../../core/lexical/postings.ts';
import { ByteList } from '../byte-list.ts';
import { asInt8 } from '../vectors/quantise.ts';
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

/**
 * `rows` in ascending order of id; a row whose vector has another length is damage and is left out. `room`: for the vectors of
 * all rows, where they are to lie; absent: they find their own.
 */
export function segmentOf(rows: Iterable<SegmentRow>, dimensions: number, room?: Int8Array): Segment {
  const ids: number[] = [];
  const fileIds: number[] = [];
  const kinds: number[] = [];
  const termStarts: number[] = [0];
  const vectors = new ByteList();
  const terms = new ByteList();
  for (const row of rows) {
    if (row.vector.length !== dimensions) continue;
    ids.push(row.id);
    fileIds.push(row.file_id);
    kinds.push(row.kind);
    if (room) room.set(asInt8(row.vector), (ids.length - 1) * dimensions);
    else vectors.push(row.vector);
    terms.push(row.terms);
    termStarts.push(terms.length);
  }
  return {
    rows: ids.length,
    dimensions,
    ids: Uint32Array.from(ids),
    fileIds: Uint32Array.from(fileIds),
    kinds: Uint8Array.from(kinds),
    vectors: room?.subarray(0, ids.length * dimensions) ?? asInt8(vectors.bytes()),
    postings: buildPostings({ bytes: terms.bytes(), starts: Uint32Array.from(termStarts) }),
  };
}
