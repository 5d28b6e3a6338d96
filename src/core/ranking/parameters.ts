/**
 * Every number of the ranking, in one place. Chosen on questions made of documentation (the docs of functions and the first
 * comments of files of 44 projects that the student never saw, those docs taken out of what is searched) together with the
 * development part of the product benchmark, then rounded; `docs/ranking.md` has the figures. `sameFileDemotion` and
 * `shownFileDemotion` stand between the two kinds of question: those that ask for files would have them large, those that ask
 * for functions small.
 * `nearBoost` cannot be measured on such questions: it is small enough to decide between like hits only.
 * Scores of the two lists lie in 0..1 before anything is added.
 */
import type { LexicalWeights } from '../lexical/bm25f.ts';
import type { QuestionClass } from '../query/question-class.ts';

export interface RankingParameters {
  /** Share of the student's score in the convex fusion; the rest is the lexical score's. */
  readonly semanticShare: number;
  /** Added for a function whose name the query's words cover, times the share covered. */
  readonly nameBoost: number;
  /** Added for the query's words in the name, times their BM25 there over the best one's. */
  readonly nameWordsBoost: number;
  /** Added for what the query names by a whole chain (`json.loads`); a tenth where only its last part, or a single word, is met. */
  readonly definitionBoost: number;
  /** Added for the query's words in the file's own name, times the share of that name covered, later words covering less. */
  readonly fileNameBoost: number;
  /** The same for its folder. */
  readonly folderBoost: number;
  /** Added for further hits in the same file, damped by a logarithm, times how near the file as a whole is to the query. */
  readonly fileHitsBoost: number;
  /** Taken from tests, examples, documentation, type stubs and compatibility code that the query does not ask for. */
  readonly asideDemotion: number;
  /** Taken from what its path calls internal or private. */
  readonly internalDemotion: number;
  /** Taken from files of another platform than the machine's, where one of that stands in the same place. */
  readonly platformDemotion: number;
  /** Taken from each further hit of a file that is already listed, growing by this much with every one. */
  readonly sameFileDemotion: number;
  /** Share of what the file's other hits have added to it that such a further hit loses: the file has been shown. */
  readonly shownFileDemotion: number;
  /** Added for files that are open or were used lately; none in benchmarks. */
  readonly nearBoost: number;
}

export const RANKING: RankingParameters = {
  semanticShare: 0.6,
  nameBoost: 0.35,
  nameWordsBoost: 0.15,
  definitionBoost: 1,
  fileNameBoost: 0.35,
  folderBoost: 0.2,
  fileHitsBoost: 0.2,
  asideDemotion: 0.6,
  internalDemotion: 0.15,
  platformDemotion: 0.3,
  sameFileDemotion: 0.15,
  shownFileDemotion: 0.7,
  nearBoost: 0.05,
};

/**
 * What a kind of question multiplies parameters by. Who names a symbol wants its overloads and neighbours, and files that are
 * called alike less than the symbol; who asks how something works wants the files that take part; and in both cases the file
 * that is full of it counts more.
 */
export const FACTORS: Readonly<Record<QuestionClass, Partial<RankingParameters>>> = {
  symbol: { sameFileDemotion: 0.6, fileHitsBoost: 1.5, fileNameBoost: 0.7, folderBoost: 0.7 },
  how: { sameFileDemotion: 1.6, fileHitsBoost: 1.5 },
  description: {},
};

/** `base` as it counts for a kind of question. */
export function parametersFor(kind: QuestionClass, base: RankingParameters): RankingParameters {
  const factors = Object.entries(FACTORS[kind]) as [keyof RankingParameters, number][];
  return { ...base, ...Object.fromEntries(factors.map(([key, factor]) => [key, factor * base[key]])) };
}

/** How nearness fades with a file's place, from 1, among those used lately: at `halfPlace` it is ½. */
export const NEAR = { halfPlace: 4 } as const;

/**
 * How a second, slower model's view of the best hits counts. Chosen with a re-ranker that does not ship, on the product
 * benchmark alone; `docs/decisions/0010` has the figures.
 */
export const RERANKING = {
  /** How many of the best hits are read again; those below keep their places. */
  depth: 20,
  /** Share of the second view in the convex combination; the rest is the first ranking's. */
  share: 0.5,
  /** Where the best hit leads the next by this score or more, they are not read again. */
  clearLead: 0.05,
} as const;

/** BM25F by field: name, path, doc, body. */
export const LEXICAL_WEIGHTS: LexicalWeights = { fields: [4, 2, 1.5, 1], b: [0.3, 0.3, 0.6, 0.75], k1: 1.2 };

/** Words of names that mean nearly what was asked, by the cosine of their vectors. */
export const LIKE_WORDS = {
  /** Less alike ones are other words. */
  least: 0.4,
  /** What such a word counts of one that was asked for, times the cosine. */
  weight: 0.7,
} as const;

/** What a word counts that the term table makes of a question's word, times the table's probability. */
export const EXPANSION = { weight: 1, minProbability: 0.1 } as const;

/**
 * How code is compared with code. Chosen on 10 projects of the product benchmark. The middle half of a function, and a whole one with half
 * of its names replaced (1,729 of each), find the function that they were made of with an MRR of 0.912 and 0.767 by vectors
 * alone, of 0.954 and 0.948 with this share; a larger share gains on copies only. Of the pairs of functions with 70 % of their runs of four
 * tokens in common (1,320 of 101,640), 78 % pass as duplicates; of those that pass, 63 % have 70 % in common and 92 % half.
 */
export const SIMILARITY = {
  /** Share of the terms that both have in common (weighted Jaccard); the rest is the cosine of the vectors. */
  overlapShare: 0.45,
  duplicateOverlap: 0.8,
  duplicateCosine: 0.7,
  /** Hits, where nobody says how many. */
  limit: 20,
} as const;
