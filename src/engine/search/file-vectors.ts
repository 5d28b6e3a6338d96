/**
 * The sum of the vectors of each file's rows in one segment: what a file as a whole is about. A file whose functions lie in
 * several segments has a sum in each. Summed when a question first comes upon the file: most are never asked for.
 */
import type { Segment } from '../store/segment.ts';

interface FileSum {
  readonly of: Int32Array;
  /** Its length, squared. */
  readonly square: number;
}

/** `square`: null until it is asked for. */
interface OwnSum {
  readonly of: Int32Array;
  square: number | null;
}

export class FileVectors {
  readonly #segment: Segment;
  /** 1 for rows that count no more; the owner's. */
  readonly #gone: Uint8Array;
  /** File id → where its rows start and end, in pairs: they lie together unless some were refined. */
  readonly #places = new Map<number, number[]>();
  /** A file would need 16 million functions to overflow. */
  readonly #sums = new Map<number, OwnSum>();

  constructor(segment: Segment, gone: Uint8Array) {
    this.#segment = segment;
    this.#gone = gone;
    const { fileIds, rows } = segment;
    for (let start = 0; start < rows; ) {
      const file = fileIds[start]!;
      let end = start + 1;
      while (end < rows && fileIds[end] === file) end++;
      const places = this.#places.get(file);
      if (places) places.push(start, end);
      else this.#places.set(file, [start, end]);
      start = end;
    }
  }

  /** Once for each row, when it is marked as gone. */
  remove(row: number): void {
    const sum = this.#sums.get(this.#segment.fileIds[row]!);
    if (!sum) return;
    this.#add(sum.of, row, -1);
    sum.square = null;
  }

  /** Of the file's rows here; undefined where it has none. */
  sumOf(file: number): FileSum | undefined {
    const known = this.#sums.get(file) ?? this.#sumAnew(file);
    if (known) known.square ??= squareOf(known.of);
    return known as FileSum | undefined;
  }

  #sumAnew(file: number): OwnSum | undefined {
    const places = this.#places.get(file);
    if (!places) return undefined;
    const sum = new Int32Array(this.#segment.dimensions);
    for (let i = 0; i < places.length; i += 2) {
      for (let row = places[i]!; row < places[i + 1]!; row++) if (this.#gone[row] === 0) this.#add(sum, row, 1);
    }
    const own = { of: sum, square: null };
    this.#sums.set(file, own);
    return own;
  }

  #add(sum: Int32Array, row: number, sign: 1 | -1): void {
    const { vectors, dimensions } = this.#segment;
    const from = row * dimensions;
    for (let i = 0; i < dimensions; i++) sum[i]! += sign * vectors[from + i]!;
  }
}

/** Cosine of a unit vector with the mean of a file's rows in all `parts`; 0 for a file without rows. */
export function fileSimilarity(parts: readonly FileVectors[], file: number, query: Float32Array): number {
  const sums: FileSum[] = [];
  for (const part of parts) {
    const sum = part.sumOf(file);
    if (sum) sums.push(sum);
  }
  const [first, ...others] = sums;
  if (!first) return 0;
  const sum = others.length === 0 ? first : added(sums);
  let dot = 0;
  for (let i = 0; i < query.length; i++) dot += sum.of[i]! * query[i]!;
  return sum.square > 0 ? dot / Math.sqrt(sum.square) : 0;
}

/** As if all rows lay in one segment. */
function added(sums: readonly FileSum[]): FileSum {
  const whole = Int32Array.from(sums[0]!.of);
  for (const { of } of sums.slice(1)) for (let i = 0; i < whole.length; i++) whole[i]! += of[i]!;
  return { of: whole, square: squareOf(whole) };
}

/** Of whole numbers: below 2⁵³ for any file of less than 700,000 functions, so it is exact. */
function squareOf(sum: Int32Array): number {
  let square = 0;
  for (let i = 0; i < sum.length; i++) square += sum[i]! * sum[i]!;
  return square;
}
