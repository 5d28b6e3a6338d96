/** Postings made as bytes hold what those hold that are laid out first. */
import { expect, test } from 'vitest';
import { encodePostings, readingPostings } from '../../../src/core/lexical/encoded-postings.ts';
import { buildPostings, postingRange } from '../../../src/core/lexical/postings.ts';
import { encodeAscending, encodeTerms } from '../../../src/core/lexical/term-blob.ts';
import { atOnce } from '../../../src/engine/steps.ts';

const ROWS = 3000;
/** The last is rare, so that its rows lie far apart; counts of all sizes, in one field and in several. */
const TERMS = [1, 2, 7, 300, 70_000];
const COUNTS = [0x01_00_00_00, 0x00_00_00_01, 0xff_00_00_00, 0x03_02_01_ff, 0x0a_00_00_00, 0x09_03_01_02];

function blobs(rows: number) {
  const pieces = Array.from({ length: rows }, (_, row) => {
    const ids = TERMS.filter((term, i) => (row * 31 + term) % (i * i * 40 + 2) === 0);
    return encodeTerms(
      ids,
      ids.map((_, i) => COUNTS[(row + i) % COUNTS.length]!),
    );
  });
  const starts = Uint32Array.from([0, ...pieces.map(({ length }) => length)]);
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  return { bytes: Uint8Array.from(pieces.flatMap((piece) => [...piece])), starts };
}

test.each([0, 1, ROWS])('of %i rows', (rows) => {
  const plain = buildPostings(blobs(rows));
  const encoded = atOnce(encodePostings(blobs(rows)));
  const read = readingPostings(encoded);
  for (const key of ['rows', 'terms', 'starts', 'fieldLengths'] as const) expect(read[key]).toEqual(plain[key]);
  for (const term of TERMS) expect(postingRange(read, term)).toEqual(postingRange(plain, term));
  expect(read.postingRows).toEqual(plain.postingRows);
  expect(read.postingCounts).toEqual(plain.postingCounts);
});

test('the bytes are those of the rows and counts of each term', () => {
  const { terms, starts, postingRows, postingCounts } = buildPostings(blobs(ROWS));
  expect(terms).toHaveLength(TERMS.length);
  const bytes = [...terms].flatMap((_, i) => [
    ...encodeAscending(
      postingRows.subarray(starts[i], starts[i + 1]),
      postingCounts.subarray(starts[i], starts[i + 1]),
    ),
  ]);
  expect([...atOnce(encodePostings(blobs(ROWS))).bytes]).toEqual(bytes);
});
