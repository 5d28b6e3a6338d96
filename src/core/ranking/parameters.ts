/**
 * Every number of the ranking, in one place. Chosen by a search that left each repository of the product benchmark's
 * development part out once (`npm run tune` prints it), then rounded; but for `sameFileDemotion`, which that benchmark, as
 * it asks for files, would have so large that a file's second function is never listed. Scores of the two lists lie in
 * 0..1 before anything is added.
 */
import type { LexicalWeights } from '../lexical/bm25f.ts';

export interface RankingParameters {
  /** Share of the student's score in the convex fusion; the rest is the lexical score's. */
  readonly semanticShare: number;
  /** Added for a function whose name the query's words cover, times the share covered. */
  readonly nameBoost: number;
  /** Added for the query's words in the file's own name, times the share of that name covered. */
  readonly fileNameBoost: number;
  /** The same for its folders. */
  readonly folderBoost: number;
  /** Added for further hits in the same file, times their summed scores over the best one, damped by a logarithm. */
  readonly fileHitsBoost: number;
  /** Taken from tests, examples, documentation, type stubs and compatibility code that the query does not ask for. */
  readonly asideDemotion: number;
  /** Taken from what its path calls internal or private. */
  readonly internalDemotion: number;
  /** Taken from a leftover module chunk. */
  readonly moduleDemotion: number;
  /** Taken from each further hit of a file that is already listed, growing by this much with every one. */
  readonly sameFileDemotion: number;
}

export const RANKING: RankingParameters = {
  semanticShare: 0.5,
  nameBoost: 0.2,
  fileNameBoost: 0.25,
  folderBoost: 0.15,
  fileHitsBoost: 0.2,
  asideDemotion: 0.5,
  internalDemotion: 0.15,
  moduleDemotion: 0.04,
  sameFileDemotion: 0.3,
};

/**
 * How a second, slower model's view of the best hits counts. Even shares, until a benchmark with a shipped re-ranker says
 * otherwise.
 */
export const RERANKING = {
  /** How many of the best hits are read again; those below keep their places. */
  depth: 20,
  /** Share of the second view in the convex combination; the rest is the first ranking's. */
  share: 0.5,
} as const;

/** BM25F by field: name, path, doc, body. */
export const LEXICAL_WEIGHTS: LexicalWeights = { fields: [4, 2, 1.5, 1], b: [0.3, 0.3, 0.6, 0.75], k1: 1.2 };
