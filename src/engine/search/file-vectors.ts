/**
 * The sum of the vectors of each file's rows in one segment: what a file as a whole is about. A file whose functions lie in
 * several segments has a sum in each. Summed when a question first comes upon the file: most are never asked for.
 */
import type { Segment } from '../store/segment.ts';

export class FileVectors {
  readonly #segment: Segment;
  /** 1 for rows that count no more; the owner's. */
  readonly #gone: Uint8Array;
  /** File id → where its rows start and end, in pairs: they lie together unless some were refined. */
  readonly #places = new Map<number, number[]>();
  /** A file would need 16 million functions to overflow. */
  readonly #sums = new Map<number, Int32Array>();

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
    if (sum) this.#add(sum, row, -1);
  }

  /** Adds the file's sum, if it has rows here, to `target` (`dimensions` numbers). */
  addTo(target: Float64Array, file: number): void {
    const sum = this.#sumOf(file);
    if (!sum) return;
    for (let i = 0; i < target.length; i++) target[i]! += sum[i]!;
  }

  #sumOf(file: number): Int32Array | undefined {
    const known = this.#sums.get(file);
    const places = this.#places.get(file);
    if (known || !places) return known;
    const sum = new Int32Array(this.#segment.dimensions);
    for (let i = 0; i < places.length; i += 2) {
      for (let row = places[i]!; row < places[i + 1]!; row++) if (this.#gone[row] === 0) this.#add(sum, row, 1);
    }
    this.#sums.set(file, sum);
    return sum;
  }

  #add(sum: Int32Array, row: number, sign: 1 | -1): void {
    const { vectors, dimensions } = this.#segment;
    const from = row * dimensions;
    for (let i = 0; i < dimensions; i++) sum[i]! += sign * vectors[from + i]!;
  }
}

/** Cosine of a unit vector with the mean of a file's rows in all `parts`; 0 for a file without rows. */
export function fileSimilarity(parts: readonly FileVectors[], file: number, query: Float32Array): number {
  const sum = new Float64Array(query.length);
  for (const part of parts) part.addTo(sum, file);
  let dot = 0;
  let square = 0;
  for (let i = 0; i < sum.length; i++) {
    dot += sum[i]! * query[i]!;
    square += sum[i]! ** 2;
  }
  return square > 0 ? dot / Math.sqrt(square) : 0;
}
