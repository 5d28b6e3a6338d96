/**
 * Which rows of a graph are neighbours, level by level: all that a search needs beside the vectors. Read out of what
 * hnswlib writes, nine tenths of which are its own copy of the vectors.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { placeOf } from '../../core/sorted-search.ts';

export interface Links {
  /** The rows at which searches begin, each on the highest level that has it: one for each graph that these are made of. */
  readonly entries: readonly number[];
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

/** A level that grows by one row after the other. */
class GrowingLevel {
  readonly #rows: Uint32Array;
  readonly #starts: Uint32Array;
  readonly #near: Uint32Array;
  #count = 0;

  /** `most`: rows. `near`: neighbours of each; room that is not needed is never touched, and so is no memory. */
  constructor(most: number, near: number) {
    this.#rows = new Uint32Array(most);
    this.#starts = new Uint32Array(most + 1);
    this.#near = new Uint32Array(most * near);
  }

  /** Rows ascending; `near` in any order. */
  add(row: number, near: Uint32Array): void {
    const start = this.#starts[this.#count]!;
    this.#near.set(near, start);
    this.#near.subarray(start, start + near.length).sort();
    this.#rows[this.#count++] = row;
    this.#starts[this.#count] = start + near.length;
  }

  level(): Level {
    const [rows, starts] = [this.#rows.slice(0, this.#count), this.#starts.slice(0, this.#count + 1)];
    return { rows, starts, near: this.#near.slice(0, starts.at(-1)) };
  }
}

/** Behind its head, hnswlib writes each row's neighbours, vector and label, then each row's neighbours on higher levels. */
const HEAD_BYTES = 96;
const COUNT_MASK = 0xff_ff;
/** Of the file, in memory at a time: the whole is nine times as large as what is read out of it. */
const PIECE_BYTES = 2 ** 22;

/**
 * `path`: a file as hnswlib's `saveIndex` writes it, its rows added in their order. Rejects with what the system says, and
 * with `RangeError` for one that is cut. `pieceBytes`: of the file, at a time.
 */
export async function readLinks(path: string, pieceBytes = PIECE_BYTES): Promise<Links> {
  const file = await open(path);
  try {
    const head = new DataView((await bytesAt(file, 0, HEAD_BYTES)).buffer);
    const size = (at: number): number => Number(head.getBigUint64(at, true));
    const shape = { rows: size(16), rowBytes: size(24), near: size(64) };
    const lowest = await readLowest(file, { ...shape, pieceBytes });
    const restAt = HEAD_BYTES + shape.rows * shape.rowBytes;
    const rest = await bytesAt(file, restAt, (await file.stat()).size - restAt);
    const higher = higherLevels(rest, { rows: shape.rows, near: size(56), levels: head.getInt32(48, true) });
    return { entries: [head.getUint32(52, true)], levels: [lowest, ...higher] };
  } finally {
    await file.close();
  }
}

async function readLowest(
  file: FileHandle,
  { rows, rowBytes, near, pieceBytes }: { rows: number; rowBytes: number; near: number; pieceBytes: number },
): Promise<Level> {
  const level = new GrowingLevel(rows, near);
  const atOnce = Math.max(1, Math.floor(pieceBytes / rowBytes));
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from);
    const words = wordsIn(await bytesAt(file, HEAD_BYTES + from * rowBytes, count * rowBytes));
    for (let row = 0; row < count; row++) level.add(from + row, listAt(words, row * rowBytes));
  }
  return level.level();
}

/** `bytes`: for each row the bytes that follow, and its neighbours on one level after the other, `near` at most. */
function higherLevels(
  bytes: Uint8Array,
  { rows, near, levels }: { rows: number; near: number; levels: number },
): Level[] {
  const words = wordsIn(bytes);
  const listBytes = 4 + 4 * near;
  const most = Math.ceil(bytes.length / listBytes);
  const growing = Array.from({ length: levels }, () => new GrowingLevel(Math.min(rows, most), near));
  let at = 0;
  for (let row = 0; row < rows; row++) {
    if (at >= bytes.length) throw new RangeError('The graph is cut.');
    const lists = words[at / 4]! / listBytes;
    for (let i = 0; i < lists; i++) growing[i]!.add(row, listAt(words, at + 4 + i * listBytes));
    at += 4 + lists * listBytes;
  }
  return growing.map((level) => level.level());
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, length));
  const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
  if (bytesRead < length || length < 0) throw new RangeError('The graph is cut.');
  return bytes;
}

const wordsIn = ({ buffer, length }: Uint8Array): Uint32Array => new Uint32Array(buffer, 0, Math.floor(length / 4));

/** A number of neighbours, and these, from the byte `at` on. */
function listAt(words: Uint32Array, at: number): Uint32Array {
  const first = at / 4 + 1;
  return words.subarray(first, first + (words[at / 4]! & COUNT_MASK));
}
