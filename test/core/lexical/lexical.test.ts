import { describe, expect, test } from 'vitest';
import {
  addTermScores,
  collectionStatistics,
  inverseDocumentFrequency,
  type LexicalWeights,
  rowScores,
  scoringOf,
} from '../../../src/core/lexical/bm25f.ts';
import { FieldSums } from '../../../src/core/lexical/field-sums.ts';
import { countIn, FIELD_COUNT, fieldTerms } from '../../../src/core/lexical/fields.ts';
import { buildPostings, mergePostings, type Postings, postingRange } from '../../../src/core/lexical/postings.ts';
import { encodeTerms, visitTerms } from '../../../src/core/lexical/term-blob.ts';
import { queryStems, queryTerms, stem, termsOf } from '../../../src/core/lexical/terms.ts';

describe('terms', () => {
  test.each([
    ['parseHTTPHeader', ['pars', 'http', 'header', '=parsehttpheader']],
    ['parse_http_header', ['pars', 'http', 'header', '=parsehttpheader']],
    ['files filed filing', ['file', 'file', 'file']],
    ['utf8 decode', ['utf', '8', 'decod', '=utf8']],
    ['naïve Größe 日本語', ['naïve', 'größe', '日本語']],
    ['', []],
    [`${'x'.repeat(41)} y`, ['y']],
  ])('of %s', (text, expected) => {
    expect(termsOf(text)).toEqual(expected);
  });

  test.each([
    ['how do I parse the headers', ['pars', 'header']],
    ['where is parseHeaders used', ['pars', 'header', '=parseheaders']],
    ['what is this', ['what', 'is', 'thi']],
    ['retry retry retries', ['retri']],
  ])('of the question %s', (text, expected) => {
    expect(queryTerms(text)).toEqual(expected);
  });

  test('names are compared with the words alone', () => {
    expect(queryStems('where is parseHeaders used')).toEqual(['pars', 'header']);
  });

  test('a question finds what code says in another form of the word', () => {
    expect(stem('connections')).toBe(stem('connecting'));
    expect(stem('io')).toBe('io');
  });
});

test('fields are counted apart, and at most to 255', () => {
  const fn = { qualifiedName: 'Cart.total', doc: 'Total of the cart.', code: 'total '.repeat(300) };
  const counts = fieldTerms(
    { ...fn, kind: 'method', language: 'x', name: '', signature: '', startLine: 1, endLine: 1, part: null },
    ['cart', 'total'],
  ).get('total')!;
  expect(Array.from({ length: FIELD_COUNT }, (_, field) => countIn(counts, field))).toEqual([1, 1, 1, 255]);
});

const ROWS: readonly (readonly (readonly [id: number, counts: number])[])[] = [
  [
    [7, 0x01000001],
    [3, 0xff000000],
  ],
  [],
  [[7, 0x00020300]],
  [
    [70_000, 0x01010101],
    [128, 1],
    [3, 0x02000000],
  ],
];

test('terms of a row survive their encoding, in order of id', () => {
  for (const row of ROWS) {
    const bytes = encode(row);
    const read: [number, number][] = [];
    visitTerms(bytes, 0, bytes.length, (id, counts) => read.push([id, counts]));
    expect(read).toEqual([...row].sort((a, b) => a[0] - b[0]));
  }
});

test('nearly every count takes one byte, and all come back', () => {
  const numbers = [0, 1, 2, 3, 4, 9, 10, 127, 255];
  const all = numbers.flatMap((name) =>
    numbers.flatMap((path) =>
      numbers.flatMap((doc) => numbers.map((body) => name + path * 2 ** 8 + doc * 2 ** 16 + body * 2 ** 24)),
    ),
  );
  const some = all.filter((counts) => counts > 0);
  const bytes = encode(some.map((counts, i) => [i, counts]));
  const read: number[] = [];
  visitTerms(bytes, 0, bytes.length, (_, counts) => read.push(counts));
  expect(read).toEqual(some);
  expect(encode([[5, 0x02000000]])).toHaveLength(2);
});

describe('postings', () => {
  const postings = build(ROWS);

  test.each([3, 7, 128, 70_000, 4, 0, 1_000_000])('of term %i are the rows that hold it', (term) => {
    const [start, end] = postingRange(postings, term);
    const found = [...postings.postingRows.slice(start, end)].map((row, i) => [row, postings.postingCounts[start + i]]);
    const expected = ROWS.flatMap((row, r) => row.filter(([id]) => id === term).map(([, counts]) => [r, counts]));
    expect(found).toEqual(expected);
  });

  test('know how long each field is', () => {
    expect([...postings.fieldLengths.slice(0, FIELD_COUNT)]).toEqual([1, 0, 0, 256]);
  });

  test('of two that are merged are those of the rows that are left, in the order of their places', () => {
    const first = { postings: build(ROWS), places: Int32Array.from(ROWS, (_, row) => row - 1) };
    const second = { postings: build(ROWS), places: Int32Array.from(ROWS, (_, row) => ROWS.length - 1 + row) };
    const kept = [...ROWS.slice(1), ...ROWS];
    expect(mergePostings(kept.length, [first, second])).toEqual(build(kept));
  });

  test('of nothing', () => {
    expect(build([])).toMatchObject({ rows: 0 });
  });
});

describe('BM25F', () => {
  const weights: LexicalWeights = { fields: [3, 1, 2, 1], b: [0.5, 0.5, 0.5, 0.75], k1: 1.2 };

  test('of an index in two pieces is that of the whole', () => {
    const whole = scores([build(ROWS)], weights);
    const pieces = scores([build(ROWS.slice(0, 2)), build(ROWS.slice(2))], weights);
    expect(pieces).toEqual(whole);
  });

  test('of names alone counts no other field, and each run of rows has its highest', () => {
    const postings = build(Array.from({ length: 200 }, (_, row) => ROWS[row % ROWS.length]!));
    const statistics = collectionStatistics([FieldSums.of(postings)]);
    const found = rowScores(postings.rows);
    const inNames = rowScores(postings.rows);
    for (const term of [3, 7, 128, 5]) {
      addTermScores(postings, term, 2, scoringOf(weights, statistics), found);
      addTermScores(postings, term, 2, scoringOf({ ...weights, fields: [1, 0, 0, 0] }, statistics), inNames);
    }
    expect([...found.names].map(Math.fround)).toEqual([...inNames.all]);
    expect(inNames.all.some((score) => score > 0)).toBe(true);
    const blocks = [0, 64, 128, 192].map((start) => Math.max(...found.all.slice(start, start + 64)));
    expect([...found.blocks]).toEqual(blocks);
  });

  test('of rows that are gone is nothing, also where a run has its highest; of the others what it was', () => {
    const postings = build(Array.from({ length: 200 }, (_, row) => ROWS[row % ROWS.length]!));
    const scoring = scoringOf(weights, collectionStatistics([FieldSums.of(postings)]));
    const [all, standing] = [rowScores(postings.rows), rowScores(postings.rows)];
    const gone = Uint8Array.from({ length: 200 }, (_, row) => (row < 64 || row % 3 === 0 ? 1 : 0));
    for (const term of [3, 7, 128, 5]) {
      addTermScores(postings, term, 2, scoring, all);
      addTermScores(postings, term, 2, scoring, standing, gone);
    }
    const withoutGone = (scores: ArrayLike<number>): number[] =>
      Array.from(scores, (score, row) => (gone[row] === 1 ? 0 : score));
    expect([...standing.all]).toEqual(withoutGone(all.all));
    expect([...standing.names]).toEqual(withoutGone(all.names));
    const blocks = [0, 64, 128, 192].map((start) => Math.max(...standing.all.slice(start, start + 64)));
    expect([...standing.blocks]).toEqual(blocks);
    expect(blocks[0]).toBe(0);
  });

  test.each([3, 1023, 1024, 60_000])('of a field that is %s long', (length) => {
    const postings = { ...build([[[1, 0x02000000]]]), fieldLengths: Uint16Array.of(0, 0, 0, length) };
    const scoring = scoringOf(weights, { rows: 1, averageLengths: [1, 1, 1, 40] });
    const count = 2 / (1 - 0.75 + (0.75 * length) / 40);
    const found = rowScores(1);
    addTermScores(postings, 1, 5, scoring, found);
    expect(found.all[0]).toBe(Math.fround((5 * count) / (1.2 + count)));
  });

  test('gives more for a term in a name than in a body, and for a rare one than for a common one', () => {
    const [inName, inBody] = scores([build([[[1, 1]], [[1, 0x01000000]], [[2, 1]], []])], weights, [1]);
    expect(inName!).toBeGreaterThan(inBody!);
    expect(inverseDocumentFrequency(100, 1)).toBeGreaterThan(inverseDocumentFrequency(100, 50));
    expect(inverseDocumentFrequency(100, 100)).toBeGreaterThan(0);
  });
});

function scores(all: readonly Postings[], weights: LexicalWeights, terms = [3, 7, 128]): number[] {
  const statistics = collectionStatistics(all.map((each) => FieldSums.of(each)));
  const holding = (term: number): number =>
    all.reduce((sum, postings) => sum + postingRange(postings, term)[1] - postingRange(postings, term)[0], 0);
  return all.flatMap((postings) => {
    const found = rowScores(postings.rows);
    for (const term of terms) {
      const idf = inverseDocumentFrequency(statistics.rows, holding(term));
      addTermScores(postings, term, idf, scoringOf(weights, statistics), found);
    }
    return [...found.all];
  });
}

function encode(row: readonly (readonly [number, number])[]): Uint8Array {
  return encodeTerms(
    row.map(([id]) => id),
    row.map(([, counts]) => counts),
  );
}

function build(rows: readonly (readonly (readonly [number, number])[])[]): Postings {
  const blobs = rows.map(encode);
  const starts = [0];
  for (const blob of blobs) starts.push(starts.at(-1)! + blob.length);
  return buildPostings({ bytes: Buffer.concat(blobs), starts: Uint32Array.from(starts) });
}
