/**
 * Which rows of a graph are neighbours, level by level: all that a search needs beside the vectors. Read out of what
 * hnswlib writes, nine tenths of which are its own copy of the vectors.
 */
import { placeOf } from '../../core/sorted-search.ts';

export interface Links {
  /** The row at which a search begins, on the highest level. */
  readonly entry: number;
  /** The lowest, which has all rows, first. Never empty. */
  readonly levels: readonly Level[];
}

export interface Level {
  /** Ascending. */
  readonly rows: Uint32Array;
  /** Where each row's neighbours begin in `near`; one more than there are rows. */
  readonly starts: Uint32Array;
  /** Rows, ascending within those of one row. */
  readonly near: Uint32Array;
}

/** The neighbours of `row` as a range of `near`. */
export function nearRange({ rows, starts }: Level, row: number): readonly [start: number, end: number] {
  const place = rows[row] === row ? row : placeOf(rows, row);
  return [starts[place]!, starts[place + 1]!];
}

/** `neighbours`: row → its neighbours in any order, rows ascending. */
export function levelOf(neighbours: ReadonlyMap<number, Uint32Array>): Level {
  const starts = new Uint32Array(neighbours.size + 1);
  let place = 0;
  for (const { length } of neighbours.values()) starts[place + 1] = starts[place++]! + length;
  const near = new Uint32Array(starts[place]!);
  place = 0;
  for (const rows of neighbours.values()) near.set(rows.toSorted(), starts[place++]!);
  return { rows: Uint32Array.from(neighbours.keys()), starts, near };
}

/** Behind its head, hnswlib writes each row's neighbours, vector and label, then each row's neighbours on higher levels. */
const HEAD_BYTES = 96;
const COUNT_MASK = 0xff_ff;

/** `file`: as hnswlib's `saveIndex` writes it, its rows added in their order. Throws `RangeError` for one that is cut. */
export function linksIn(file: Uint8Array): Links {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const words = new Uint32Array(file.buffer, file.byteOffset, file.length / 4);
  const size = (at: number): number => Number(view.getBigUint64(at, true));
  const rows = size(16);
  const rowBytes = size(24);
  const higherBytes = 4 + 4 * size(56);
  const levels = Array.from({ length: 1 + view.getInt32(48, true) }, () => new Map<number, Uint32Array>());
  let higher = HEAD_BYTES + rows * rowBytes;
  for (let row = 0; row < rows; row++) {
    levels[0]!.set(row, listAt(words, HEAD_BYTES + row * rowBytes));
    const above = view.getUint32(higher, true) / higherBytes;
    for (let i = 0; i < above; i++) levels[i + 1]!.set(row, listAt(words, higher + 4 + i * higherBytes));
    higher += 4 + above * higherBytes;
  }
  return { entry: view.getUint32(52, true), levels: levels.map(levelOf) };
}

/** A number of neighbours, and these, from the byte `at` on. */
function listAt(words: Uint32Array, at: number): Uint32Array {
  const first = at / 4 + 1;
  return words.subarray(first, first + (words[at / 4]! & COUNT_MASK));
}
