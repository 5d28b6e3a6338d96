/**
 * Immutable postings over rows 0..n-1: for each term the rows that hold it with its counts by field. Terms are integers
 * (the store's term ids), so nothing has to be parsed when an index is loaded: it is four typed arrays.
 */
import { placeOf } from '../sorted-search.ts';
import { countIn, FIELD_COUNT } from './fields.ts';
import { visitTerms } from './term-blob.ts';

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
  /** What `read` reads. */
  readonly encoded?: EncodedPostings;
  /** Of encoded postings: fills in those of the term at a place of `terms`, before they are looked at. */
  readonly read?: (place: number) => void;
}

/** The same as bytes (`encoded-postings.ts`). */
export interface EncodedPostings {
  readonly rows: number;
  /** Term ids in ascending order. */
  readonly terms: Uint32Array;
  /** As in `Postings`. */
  readonly starts: Uint32Array;
  /** Where each term's bytes end. */
  readonly ends: Uint32Array;
  /** Term by term, as `encodeAscending` makes them. */
  readonly bytes: Uint8Array;
  /** As in `Postings`. */
  readonly fieldLengths: Uint16Array;
}

/** Rows whose terms lie one after the other in `bytes`, each as `encodeTerms` makes them. */
export interface TermBlobs {
  readonly bytes: Uint8Array;
  /** Where each row's terms start; one more than there are rows. */
  readonly starts: Uint32Array;
}

/** Reads the blobs twice: to count, then to fill arrays of the right size. */
export function buildPostings(blobs: TermBlobs): Postings {
  const rows = blobs.starts.length - 1;
  const frequencies = termFrequencies(blobs);
  const { terms, starts, next } = layOut(frequencies);
  const postingRows = new Uint32Array(starts.at(-1)!);
  const postingCounts = new Uint32Array(starts.at(-1)!);
  const fieldLengths = new Uint16Array(rows * FIELD_COUNT);
  visitRows(blobs, (row, term, counts) => {
    const at = next[term]!++;
    postingRows[at] = row;
    postingCounts[at] = counts;
    addLengths(fieldLengths, row, counts);
  });
  return { rows, terms, starts, postingRows, postingCounts, fieldLengths };
}

export function visitRows(
  { bytes, starts }: TermBlobs,
  visit: (row: number, term: number, counts: number) => void,
): void {
  for (let row = 0; row + 1 < starts.length; row++) {
    visitTerms(bytes, starts[row]!, starts[row + 1]!, (term, counts) => visit(row, term, counts));
  }
}

/** Term id → how many rows hold it. Ids are dense, so an array serves. */
function termFrequencies(blobs: TermBlobs): Uint32Array {
  let frequencies = new Uint32Array(1024);
  visitRows(blobs, (_, term) => {
    if (term >= frequencies.length) {
      const larger = new Uint32Array(Math.max(term + 1, 2 * frequencies.length));
      larger.set(frequencies);
      frequencies = larger;
    }
    frequencies[term]!++;
  });
  return frequencies;
}

/** `next`: term id → the place of its first posting, for filling. */
function layOut(frequencies: Uint32Array): { terms: Uint32Array; starts: Uint32Array; next: Uint32Array } {
  const present: number[] = [];
  const next = new Uint32Array(frequencies.length);
  let total = 0;
  frequencies.forEach((frequency, term) => {
    if (frequency > 0) present.push(term);
    next[term] = total;
    total += frequency;
  });
  const terms = Uint32Array.from(present);
  const starts = new Uint32Array(terms.length + 1);
  terms.forEach((term, i) => {
    starts[i] = next[term]!;
  });
  starts[terms.length] = total;
  return { terms, starts, next };
}

export function addLengths(lengths: Uint16Array, row: number, packed: number): void {
  for (let field = 0; field < FIELD_COUNT; field++) {
    const at = row * FIELD_COUNT + field;
    lengths[at] = Math.min(65_535, lengths[at]! + countIn(packed, field));
  }
}

/** The postings of a term as a range of `postingRows`; empty when the term does not occur. */
export function postingRange(postings: Postings, term: number): readonly [start: number, end: number] {
  const at = placeOf(postings.terms, term);
  if (at >= 0) postings.read?.(at);
  return at < 0 ? [0, 0] : [postings.starts[at]!, postings.starts[at + 1]!];
}
