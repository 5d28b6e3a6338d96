/**
 * The sum of the vectors of each file's rows in one segment: what a file as a whole is about. A file whose functions lie in
 * several segments has a sum in each.
 */
import type { Segment } from '../store/segment.ts';

export class FileVectors {
  readonly #segment: Segment;
  /** File id → its place in `#sums`. */
  readonly #places = new Map<number, number>();
  /** A sum for each place, one after the other. A file would need 16 million functions to overflow. */
  readonly #sums: Int32Array;

  constructor(segment: Segment) {
    this.#segment = segment;
    for (const file of segment.fileIds) if (!this.#places.has(file)) this.#places.set(file, this.#places.size);
    this.#sums = new Int32Array(this.#places.size * segment.dimensions);
    for (let row = 0; row < segment.rows; row++) this.#add(row, 1);
  }

  /** A row that is gone counts no more. Once for each row only. */
  remove(row: number): void {
    this.#add(row, -1);
  }

  /** Adds the file's sum, if it has rows here, to `target` (`dimensions` numbers). */
  addTo(target: Float64Array, file: number): void {
    const place = this.#places.get(file);
    if (place === undefined) return;
    const start = place * target.length;
    for (let i = 0; i < target.length; i++) target[i]! += this.#sums[start + i]!;
  }

  #add(row: number, sign: 1 | -1): void {
    const { vectors, dimensions, fileIds } = this.#segment;
    const start = this.#places.get(fileIds[row]!)! * dimensions;
    const from = row * dimensions;
    for (let i = 0; i < dimensions; i++) this.#sums[start + i]! += sign * vectors[from + i]!;
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
