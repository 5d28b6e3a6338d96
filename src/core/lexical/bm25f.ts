/**
 * BM25F (Robertson, Zaragoza and Taylor 2004): one saturation over the weighted counts of all fields. Weights are given
 * with the query. Statistics come from the caller, so that several postings score as one index.
 */
import { placeOf } from '../sorted-search.ts';
import type { FieldSums } from './field-sums.ts';
import { countIn, FIELD_COUNT } from './fields.ts';
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

/** Adds one term's scores to `scores` (a score for each row of `postings`). */
export function addTermScores(
  postings: Postings,
  term: number,
  idf: number,
  weights: LexicalWeights,
  statistics: CollectionStatistics,
  scores: Float32Array,
): void {
  const [start, end] = postingRange(postings, term);
  for (let i = start; i < end; i++) {
    const row = postings.postingRows[i]!;
    scores[row] = scores[row]! + idf * saturated(postings, i, weights, statistics);
  }
}

/** One term's score of one row: 0 where the row does not hold it. `range`: the term's, as `postingRange` gives it. */
export function termScore(
  postings: Postings,
  [start, end]: readonly [start: number, end: number],
  row: number,
  idf: number,
  weights: LexicalWeights,
  statistics: CollectionStatistics,
): number {
  // A term's rows ascend.
  const at = placeOf(postings.postingRows, row, start, end);
  return at < 0 ? 0 : idf * saturated(postings, at, weights, statistics);
}

/** What the posting at `place` scores, but for the term's rarity. */
function saturated(
  { postingRows, postingCounts, fieldLengths }: Postings,
  place: number,
  weights: LexicalWeights,
  statistics: CollectionStatistics,
): number {
  const row = postingRows[place]!;
  let count = 0;
  for (let field = 0; field < FIELD_COUNT; field++) {
    const inField = countIn(postingCounts[place]!, field);
    if (inField === 0) continue;
    const b = weights.b[field]!;
    const length = fieldLengths[row * FIELD_COUNT + field]! / statistics.averageLengths[field]!;
    count += (weights.fields[field]! * inField) / (1 - b + b * length);
  }
  return count / (weights.k1 + count);
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
