/**
 * Immutable postings over rows 0..n-1: for each term the rows that hold it with its counts by field. Terms are integers
 * (the store's term ids), so nothing has to be parsed when an index is loaded: it is four typed arrays.
 */
import { countIn, FIELD_COUNT } from './fields.ts';

export interface Postings {
  readonly rows: number;
  /** Term ids in ascending order. */
  readonly terms: Uint32Array;
  /** Where each term's postings start; one more than there are terms. */
  readonly starts: Uint32Array;
  readonly postingRows: Uint32Array;
  /** Counts by field, packed as in `FieldTerms`. */
  readonly postingCounts: Uint32Array;
  /** Row by row, the number of terms in each field. */
  readonly fieldLengths: Uint16Array;
}

/** A row's terms as parallel arrays. */
export interface RowTerms {
  readonly terms: Uint32Array;
  readonly counts: Uint32Array;
}

export function buildPostings(rows: readonly RowTerms[]): Postings {
  const { terms, starts } = termRanges(rows);
  const position = new Map<number, number>();
  for (let i = 0; i < terms.length; i++) position.set(terms[i]!, starts[i]!);
  const total = starts.at(-1)!;
  const postingRows = new Uint32Array(total);
  const postingCounts = new Uint32Array(total);
  const fieldLengths = new Uint16Array(rows.length * FIELD_COUNT);
  rows.forEach((row, r) => {
    for (let i = 0; i < row.terms.length; i++) {
      const at = position.get(row.terms[i]!)!;
      position.set(row.terms[i]!, at + 1);
      postingRows[at] = r;
      postingCounts[at] = row.counts[i]!;
      addLengths(fieldLengths, r, row.counts[i]!);
    }
  });
  return { rows: rows.length, terms, starts, postingRows, postingCounts, fieldLengths };
}

function termRanges(rows: readonly RowTerms[]): { terms: Uint32Array; starts: Uint32Array } {
  const frequencies = new Map<number, number>();
  for (const row of rows) for (const term of row.terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  const terms = Uint32Array.from(frequencies.keys()).sort();
  const starts = new Uint32Array(terms.length + 1);
  terms.forEach((term, i) => {
    starts[i + 1] = starts[i]! + frequencies.get(term)!;
  });
  return { terms, starts };
}

function addLengths(lengths: Uint16Array, row: number, packed: number): void {
  for (let field = 0; field < FIELD_COUNT; field++) {
    const at = row * FIELD_COUNT + field;
    lengths[at] = Math.min(65_535, lengths[at]! + countIn(packed, field));
  }
}

/** The postings of a term as a range of `postingRows`; empty when the term does not occur. */
export function postingRange(postings: Postings, term: number): readonly [start: number, end: number] {
  const at = indexOf(postings.terms, term);
  return at < 0 ? [0, 0] : [postings.starts[at]!, postings.starts[at + 1]!];
}

function indexOf(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] === value) return middle;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
