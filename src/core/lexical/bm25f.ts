/**
 * BM25F (Robertson, Zaragoza and Taylor 2004): one saturation over the weighted counts of all fields. Weights are given
 * with the query. Statistics come from the caller, so that several postings score as one index.
 */
import { placeOf } from '../sorted-search.ts';
import type { FieldSums } from './field-sums.ts';
import { FIELD_COUNT } from './fields.ts';
import { type Postings, postingRange } from './postings.ts';

export interface LexicalWeights {
  /** By field: name, path, doc, body. */
  readonly fields: readonly number[];
  /** How much a long field counts against its terms, by field, 0..1. */
  readonly b: readonly number[];
  /** Saturation. */
  readonly k1: number;
}

export interface CollectionStatistics {
  readonly rows: number;
  readonly averageLengths: readonly number[];
}

/** Field lengths below this have their part of the formula ready. */
const READY_LENGTHS = 1024;

/** Weights and statistics, and what follows from them for any posting: worked out once for many terms. */
export interface Scoring {
  readonly weights: LexicalWeights;
  readonly statistics: CollectionStatistics;
  /** By field and length, as `normOf` gives them. */
  readonly norms: Float64Array;
}

export function scoringOf(weights: LexicalWeights, statistics: CollectionStatistics): Scoring {
  const norms = new Float64Array(FIELD_COUNT * READY_LENGTHS);
  for (let field = 0; field < FIELD_COUNT; field++) {
    for (let length = 0; length < READY_LENGTHS; length++)
      norms[field * READY_LENGTHS + length] = normOf(weights, statistics, field, length);
  }
  return { weights, statistics, norms };
}

/** Adds one term's scores to `scores` (a score for each row of `postings`). */
export function addTermScores(
  postings: Postings,
  term: number,
  idf: number,
  scoring: Scoring,
  scores: Float32Array,
): void {
  const [start, end] = postingRange(postings, term);
  const { postingRows } = postings;
  for (let i = start; i < end; i++) {
    const row = postingRows[i]!;
    scores[row] = scores[row]! + idf * saturated(postings, i, scoring);
  }
}

/** One term's score of one row: 0 where the row does not hold it. `range`: the term's, as `postingRange` gives it. */
export function termScore(
  postings: Postings,
  [start, end]: readonly [start: number, end: number],
  row: number,
  idf: number,
  scoring: Scoring,
): number {
  // A term's rows ascend.
  const at = placeOf(postings.postingRows, row, start, end);
  return at < 0 ? 0 : idf * saturated(postings, at, scoring);
}

/** What the posting at `place` scores, but for the term's rarity. */
function saturated(
  { postingRows, postingCounts, fieldLengths }: Postings,
  place: number,
  { weights, statistics, norms }: Scoring,
): number {
  const lengthsAt = postingRows[place]! * FIELD_COUNT;
  let count = 0;
  // Lowest byte first, as `countIn` reads them.
  for (let field = 0, rest = postingCounts[place]!; rest !== 0; field++, rest >>>= 8) {
    const inField = rest & 255;
    if (inField === 0) continue;
    const length = fieldLengths[lengthsAt + field]!;
    const isReady = length < READY_LENGTHS;
    const norm = isReady ? norms[field * READY_LENGTHS + length]! : normOf(weights, statistics, field, length);
    count += (weights.fields[field]! * inField) / norm;
  }
  return count / (weights.k1 + count);
}

/** What a field of this length divides its counts by. */
function normOf({ b: all }: LexicalWeights, statistics: CollectionStatistics, field: number, length: number): number {
  const b = all[field]!;
  return 1 - b + b * (length / statistics.averageLengths[field]!);
}

/** Of a term that `holding` of `rows` rows hold. */
export function inverseDocumentFrequency(rows: number, holding: number): number {
  return Math.log(1 + (rows - holding + 0.5) / (holding + 0.5));
}

/** Averages over several postings; an empty field counts as 1 long. */
export function collectionStatistics(all: readonly FieldSums[]): CollectionStatistics {
  const sums = new Array<number>(FIELD_COUNT).fill(0);
  let rows = 0;
  for (const each of all) {
    rows += each.rows;
    for (let field = 0; field < FIELD_COUNT; field++) sums[field]! += each.lengths[field]!;
  }
  return { rows, averageLengths: sums.map((sum) => (rows > 0 && sum > 0 ? sum / rows : 1)) };
}
