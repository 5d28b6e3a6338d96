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
  return layOut(blobs.starts.length - 1, (visit) => visitRows(blobs, visit));
}

/** Postings, and where each of their rows lies in what is made of them; -1 for one that has no place there. */
export interface PlacedPostings {
  readonly postings: Postings;
  readonly places: Int32Array;
}

/** One of several, over `rows` rows; `all` in the order of their places. None of them may be one that is read bit by bit. */
export function mergePostings(rows: number, all: readonly PlacedPostings[]): Postings {
  return layOut(rows, (visit) => {
    for (const { postings, places } of all) visitPlaced(postings, places, visit);
  });
}

export type Visit = (row: number, term: number, counts: number) => void;

/** Of the rows from `from` on and before `to`; absent: all. */
export function visitRows({ bytes, starts }: TermBlobs, visit: Visit, from = 0, to = starts.length - 1): void {
  for (let row = from; row < to; row++) {
    visitTerms(bytes, starts[row]!, starts[row + 1]!, (term, counts) => visit(row, term, counts));
  }
}

function visitPlaced({ terms, starts, postingRows, postingCounts }: Postings, places: Int32Array, visit: Visit): void {
  for (let t = 0; t < terms.length; t++) {
    const [term, end] = [terms[t]!, starts[t + 1]!];
    for (let i = starts[t]!; i < end; i++) {
      const place = places[postingRows[i]!]!;
      if (place >= 0) visit(place, term, postingCounts[i]!);
    }
  }
}

/** `visitAll` is called twice, and tells of each term's rows in ascending order. */
function layOut(rows: number, visitAll: (visit: Visit) => void): Postings {
  const { terms, frequencies } = termFrequencies(visitAll);
  const starts = new Uint32Array(terms.length + 1);
  // From here on: the place of the term's next posting.
  const next = frequencies;
  terms.forEach((term, i) => {
    starts[i + 1] = starts[i]! + frequencies[term]!;
    next[term] = starts[i]!;
  });
  const postingRows = new Uint32Array(starts.at(-1)!);
  const postingCounts = new Uint32Array(starts.at(-1)!);
  const fieldLengths = new Uint16Array(rows * FIELD_COUNT);
  visitAll((row, term, counts) => {
    const at = next[term]!++;
    postingRows[at] = row;
    postingCounts[at] = counts;
    addLengths(fieldLengths, row, counts);
  });
  return { rows, terms, starts, postingRows, postingCounts, fieldLengths };
}

/** The terms that occur, ascending; term id → how many rows hold it. Ids are dense, so an array serves. */
function termFrequencies(visitAll: (visit: Visit) => void): { terms: Uint32Array; frequencies: Uint32Array } {
  let frequencies = new Uint32Array(1024);
  const present: number[] = [];
  visitAll((_, term) => {
    if (term >= frequencies.length) {
      const larger = new Uint32Array(Math.max(term + 1, 2 * frequencies.length));
      larger.set(frequencies);
      frequencies = larger;
    }
    if (frequencies[term]!++ === 0) present.push(term);
  });
  return { terms: Uint32Array.from(present).sort(), frequencies };
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
