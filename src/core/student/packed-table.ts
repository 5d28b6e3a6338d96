/**
 * The static student's table as its file holds it: the rows of the commonest tokens as bytes, and of each other one a code
 * for every four dimensions, which names an entry of a codebook. A text's vector is the sum of its tokens' rows at unit
 * length. Rows are read where they lie: to unpack them all takes longer than thousands of questions. The training's twin
 * is `training/kenning_training/onnx_model.py`.
 */
import type { TokenBag } from './bag.ts';

export interface PackedTable {
  readonly dimensions: number;
  /** Token id → its row: in `wholeRows`, and those behind them in `codes`. */
  readonly places: Uint16Array;
  /** rows × dimensions. */
  readonly wholeRows: Int8Array;
  /** rows × a fourth of the dimensions. */
  readonly codes: Uint8Array;
  /** A book for each code of a row: 256 entries × 4 dimensions. */
  readonly books: Int8Array;
  /** Side by side, what each token counts for it: numbers of half precision (IEEE 754 binary16). */
  readonly factors: Uint16Array;
}

export const CODE_DIMENSIONS = 4;
export const BOOK_BYTES = 256 * CODE_DIMENSIONS;
/** Keeps the vector of an empty text at zero. */
const TINY = 1e-12;

/** `side`: which of the factors count. Its ids are those of the table's tokens. */
export function sumOfRows(table: PackedTable, { ids, weights }: TokenBag, side: number): Float32Array {
  const { dimensions, places, wholeRows, factors } = table;
  const sum = new Float64Array(dimensions);
  const whole = wholeRows.length / dimensions;
  for (let i = 0; i < ids.length; i++) {
    const share = weights[i]! * fromHalf(factors[side * places.length + ids[i]!]!);
    const place = places[ids[i]!]!;
    if (place < whole) addWhole(sum, table, place, share);
    else addCoded(sum, table, place - whole, share);
  }
  return atUnitLength(sum);
}

function addWhole(sum: Float64Array, { wholeRows }: PackedTable, row: number, share: number): void {
  const from = row * sum.length;
  for (let i = 0; i < sum.length; i++) sum[i]! += share * wholeRows[from + i]!;
}

function addCoded(sum: Float64Array, { codes, books }: PackedTable, row: number, share: number): void {
  const from = (row * sum.length) / CODE_DIMENSIONS;
  for (let i = 0, book = 0; i < sum.length; i += CODE_DIMENSIONS, book += BOOK_BYTES) {
    const entry = book + CODE_DIMENSIONS * codes[from + i / CODE_DIMENSIONS]!;
    sum[i]! += share * books[entry]!;
    sum[i + 1]! += share * books[entry + 1]!;
    sum[i + 2]! += share * books[entry + 2]!;
    sum[i + 3]! += share * books[entry + 3]!;
  }
}

function atUnitLength(sum: Float64Array): Float32Array {
  let square = 0;
  for (let i = 0; i < sum.length; i++) square += sum[i]! * sum[i]!;
  const length = Math.max(Math.sqrt(square), TINY);
  const vector = new Float32Array(sum.length);
  for (let i = 0; i < sum.length; i++) vector[i] = sum[i]! / length;
  return vector;
}

/** Exponent → its factor of the fraction's whole number. */
const POWERS = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(1, exponent) - 25));

/** Of finite numbers. */
function fromHalf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) + (exponent === 0 ? 0 : 1024);
  const value = fraction * POWERS[exponent]!;
  return bits >> 15 === 1 ? -value : value;
}
