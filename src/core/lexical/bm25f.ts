/**
 * BM25F (Robertson, Zaragoza and Taylor 2004): one saturation over the weighted counts of all fields. Weights are given
 * with the query. Statistics come from the caller, so that several postings score as one index.
 */
import type { FieldSums } from './field-sums.ts';
import { FIELD_COUNT, FIELDS } from './fields.ts';
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

/** A field's byte in packed counts, and its weight where it is alone: the name's is the first. */
const NAME = 255;
const LAST = FIELD_COUNT - 1;
const BEFORE_LAST = 2 ** (8 * LAST) - 1;
const NAME_ALONE = FIELDS.map((field) => (field === 'name' ? 1 : 0));
const BLOCK_BITS = 6;
/** Field lengths below this have their part of the formula ready. */
const READY_LENGTHS = 1024;
/** Times that a term stands in the last field, where most stand alone, below which its score is kept. */
const READY_COUNTS = 8;

interface FieldScoring {
  readonly weights: LexicalWeights;
  readonly statistics: CollectionStatistics;
  /** By field and length, as `normOf` gives them. */
  readonly norms: Float64Array;
}

/** Weights and statistics, and what follows from them for any posting: worked out once for many terms. */
export interface Scoring extends FieldScoring {
  /** By count and length, as `saturated` gives them, of terms in the last field alone; 0: not asked for yet. */
  readonly inLast: Float64Array;
  /** As if there were no field but the name, which weighs 1. */
  readonly ofName: FieldScoring;
}

export function scoringOf(weights: LexicalWeights, statistics: CollectionStatistics): Scoring {
  const norms = new Float64Array(FIELD_COUNT * READY_LENGTHS);
  for (let field = 0; field < FIELD_COUNT; field++) {
    for (let length = 0; length < READY_LENGTHS; length++)
      norms[field * READY_LENGTHS + length] = normOf(weights, statistics, field, length);
  }
  const ofName = { weights: { ...weights, fields: NAME_ALONE }, statistics, norms };
  return { weights, statistics, norms, inLast: new Float64Array(READY_COUNTS * READY_LENGTHS), ofName };
}

/** Rows to each of `blocks`, see below. */
export const BLOCK_ROWS = 2 ** BLOCK_BITS;

/** A score for each row of postings. */
export interface RowScores {
  readonly all: Float32Array;
  /** By the name alone. */
  readonly names: Float64Array;
  /** The highest of each 64 rows in turn: most of them need not be looked at one by one. */
  readonly blocks: Float32Array;
}

export function rowScores(rows: number): RowScores {
  const blocks = new Float32Array(Math.ceil(rows / BLOCK_ROWS));
  return { all: new Float32Array(rows), names: new Float64Array(rows), blocks };
}

/** Adds one term's scores. `idf`: above 0. `gone`: 1 for rows that score nothing; null where there are none. */
export function addTermScores(
  postings: Postings,
  term: number,
  idf: number,
  scoring: Scoring,
  { all, names, blocks }: RowScores,
  gone: Uint8Array | null = null,
): void {
  const [start, end] = postingRange(postings, term);
  const { postingRows, postingCounts } = postings;
  for (let i = start; i < end; i++) {
    const row = postingRows[i]!;
    if (gone !== null && gone[row] === 1) continue;
    const counts = postingCounts[i]!;
    all[row] = all[row]! + idf * scoreOf(postings, row, counts, scoring);
    if (all[row]! > blocks[row >> BLOCK_BITS]!) blocks[row >> BLOCK_BITS] = all[row]!;
    const inName = counts & NAME;
    if (inName > 0) names[row] = names[row]! + idf * saturated(postings, row, inName, scoring.ofName);
  }
}

/** As `saturated`, and looked up where most rows are alike: two divisions cost more. */
function scoreOf(postings: Postings, row: number, counts: number, scoring: Scoring): number {
  const count = counts >>> (8 * LAST);
  const length = postings.fieldLengths[row * FIELD_COUNT + LAST]!;
  if ((counts & BEFORE_LAST) !== 0 || count >= READY_COUNTS || length >= READY_LENGTHS)
    return saturated(postings, row, counts, scoring);
  const { inLast } = scoring;
  const at = count * READY_LENGTHS + length;
  if (inLast[at] === 0) inLast[at] = saturated(postings, row, counts, scoring);
  return inLast[at]!;
}

/** What a row scores for a term's counts in it, but for the term's rarity. */
function saturated(
  { fieldLengths }: Postings,
  row: number,
  counts: number,
  { weights, statistics, norms }: FieldScoring,
): number {
  let count = 0;
  // Lowest byte first, as `countIn` reads them.
  for (let field = 0, rest = counts; rest !== 0; field++, rest >>>= 8) {
    const inField = rest & 255;
    if (inField === 0) continue;
    const length = fieldLengths[row * FIELD_COUNT + field]!;
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
