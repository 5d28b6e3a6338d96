/** What a snapshot is asked, and what it proposes. Plain data. */
import type { LexicalWeights } from '../../core/lexical/bm25f.ts';
import type { FilterableRow } from './row-filter.ts';

/** A function that one of the two lists proposes, with its score on both. */
export interface Proposal {
  readonly id: number;
  readonly path: string;
  /** Cosine. */
  readonly semantic: number;
  /** BM25F. */
  readonly lexical: number;
  /** BM25 of the name alone. */
  readonly nameLexical: number;
  /** Cosine with the mean of the file's vectors. */
  readonly fileSemantic: number;
}

/** A term that occurs in the index, and how much it counts: 1 for one that was asked for as it is. */
export interface WeightedTerm {
  readonly id: number;
  readonly weight: number;
}

/** A question without its vector. */
export interface LexicalQuestion {
  readonly terms: readonly WeightedTerm[];
  readonly weights: LexicalWeights;
  readonly keep: ((row: FilterableRow) => boolean) | null;
}

export interface Question extends LexicalQuestion {
  readonly vector: Float32Array;
  /** Ids of the only functions that come into question; absent or null: all. */
  readonly only?: ReadonlySet<number> | null;
}
