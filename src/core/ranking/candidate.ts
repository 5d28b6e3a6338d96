/** What ranking knows of a function that one of the two lists proposed. Plain data. */
import type { FunctionKind } from '../code-function.ts';

export interface Candidate {
  /** Opaque to ranking. */
  readonly id: number;
  /** Cosine with the query, −1..1. */
  readonly semantic: number;
  /** BM25F, 0 or more, unnormalised. */
  readonly lexical: number;
  readonly path: string;
  readonly qualifiedName: string;
  readonly kind: FunctionKind;
}

export interface RankedHit {
  readonly id: number;
  readonly score: number;
  /** Both normalised to 0..1 over this query's candidates. */
  readonly semantic: number;
  readonly lexical: number;
  /** Named boosts and demotions that are not 0. */
  readonly boosts: Readonly<Record<string, number>>;
}

/** A query's words as ranking compares them: stems with the weight that their rarity gives. */
export interface RankingQuery {
  readonly text: string;
  /** Stem → inverse document frequency. */
  readonly stems: ReadonlyMap<string, number>;
  readonly stem: (word: string) => string;
}
