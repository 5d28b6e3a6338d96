/**
 * Postings as bytes, in a quarter of the memory, whose terms are read when they are asked for first: a search asks for a few
 * of tens of thousands. Made from rows without laying them out in between, or taken as they were saved.
 */
import { FIELD_COUNT } from './fields.ts';
import { addLengths, type EncodedPostings, type Postings, type TermBlobs, type Visit, visitRows } from './postings.ts';
import { postingBytes, visitTerms, writePosting } from './term-blob.ts';

/** Rows that are taken in between two pauses: some tenths of a millisecond. */
export const ROWS_A_STEP = 32;

/** Reads the blobs three times: for the highest term, to measure, and to fill arrays of the right size. Pauses in between. */
export function* encodePostings(blobs: TermBlobs): Generator<void, EncodedPostings, void> {
  const rows = blobs.starts.length - 1;
  const { frequencies, sizes } = yield* measure(blobs);
  const present = frequencies.reduce((count, frequency) => count + (frequency > 0 ? 1 : 0), 0);
  const [terms, starts, ends] = [new Uint32Array(present), new Uint32Array(present + 1), new Uint32Array(present)];
  const next = new Uint32Array(frequencies.length);
  let place = 0;
  frequencies.forEach((frequency, term) => {
    if (frequency === 0) return;
    next[term] = place === 0 ? 0 : ends[place - 1]!;
    terms[place] = term;
    ends[place] = next[term]! + sizes[term]!;
    starts[place + 1] = starts[place]! + frequency;
    place++;
  });
  const bytes = new Uint8Array(ends.at(-1) ?? 0);
  const fieldLengths = new Uint16Array(rows * FIELD_COUNT);
  const last = new Uint32Array(frequencies.length);
  yield* visitInSteps(blobs, (row, term, counts) => {
    next[term] = writePosting(bytes, next[term]!, row - last[term]!, counts);
    last[term] = row;
    addLengths(fieldLengths, row, counts);
  });
  return { rows, terms, starts, ends, bytes, fieldLengths };
}

/** Term id → how many rows hold it, and the bytes that its postings take. */
function* measure(blobs: TermBlobs): Generator<void, { frequencies: Uint32Array; sizes: Uint32Array }, void> {
  let most = 0;
  yield* visitInSteps(blobs, (_, term) => {
    if (term > most) most = term;
  });
  const [frequencies, sizes, last] = Array.from({ length: 3 }, () => new Uint32Array(most + 1)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  yield* visitInSteps(blobs, (row, term, counts) => {
    frequencies[term]!++;
    sizes[term]! += postingBytes(row - last[term]!, counts);
    last[term] = row;
  });
  return { frequencies, sizes };
}

function* visitInSteps(blobs: TermBlobs, visit: Visit): Generator<void, void, void> {
  const rows = blobs.starts.length - 1;
  for (let row = 0; row < rows; row += ROWS_A_STEP) {
    visitRows(blobs, visit, row, Math.min(row + ROWS_A_STEP, rows));
    yield;
  }
}

export function readingPostings(encoded: EncodedPostings): Required<Postings> {
  const { rows, terms, starts, ends, bytes, fieldLengths } = encoded;
  // Memory that is never written to is none.
  const [postingRows, postingCounts] = [new Uint32Array(starts.at(-1)!), new Uint32Array(starts.at(-1)!)];
  const isRead = new Uint8Array(terms.length);
  const read = (term: number): void => {
    if (isRead[term] === 1) return;
    isRead[term] = 1;
    let at = starts[term]!;
    visitTerms(bytes, term === 0 ? 0 : ends[term - 1]!, ends[term]!, (row, counts) => {
      postingRows[at] = row;
      postingCounts[at++] = counts;
    });
  };
  return { rows, terms, starts, postingRows, postingCounts, fieldLengths, encoded, read };
}
