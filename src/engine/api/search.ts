/** Questions and answers: requests, hits with what speaks for them, and the functions of a text. */
import type { FunctionKind } from '../../core/code-function.ts';
import type { Scale } from '../../core/ranking/across-folders.ts';
import type { NearFiles } from '../../core/ranking/near.ts';

export interface SearchRequest {
  /** Plain words; `lang:`, `path:`, `kind:`, `-tests` and `"exact"` narrow it. */
  readonly query: string;
  readonly limit: number;
  /** Files close to the user's hand, relative with `/`: a little in their favour. Absent: ranking knows of no user. */
  readonly near?: NearFiles;
  /** Only what this file holds, relative with `/`; absent: the whole folder. */
  readonly file?: string;
  /** Absent: `where-it-helps`. Of no use where no cross-encoder is (see `Quality`). */
  readonly second?: SecondReading;
}

/** Asks for code that is like a given piece of code. */
export interface SimilarRequest {
  /** The code whose like is looked for. Nothing is like code without a word. */
  readonly code: string;
  /** Where it stands, relative to the folder with `/`, so that it is no hit of its own; also tells its language. */
  readonly path?: string;
  /** From 1, both ends included; an absent `endLine` is `startLine`. */
  readonly startLine?: number;
  readonly endLine?: number;
  /** Absent: 20. */
  readonly limit?: number;
  /** Only what says the same in nearly the same words. */
  readonly only?: 'duplicates';
}

/**
 * Whether the best hits are read a second time before the answer is given, which takes more than ten times as long as the rest:
 * always, where the first reading leaves it open what is best, or never, for who shows a first answer at once.
 */
export type SecondReading = 'always' | 'where-it-helps' | 'never';

export interface SearchAnswer {
  readonly query: string;
  readonly results: readonly Hit[];
  readonly index: { readonly functions: number; readonly complete: boolean; readonly generation: number };
  /** What scores were normalised by, to compare them with another folder's; absent where they are absolute, or there are none. */
  readonly scale?: Scale;
  /** True where a second reading may help and was declined with `never`: the question can be asked again with it. */
  readonly mayImprove?: boolean;
  readonly timings: {
    readonly embedMs: number;
    readonly searchMs: number;
    /** Of the second reading; absent where there was none. */
    readonly rerankMs?: number;
    readonly totalMs: number;
  };
}

export interface Hit {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** Qualified: `Class.method`. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly language: string;
  readonly score: number;
  /** The first line of the code. */
  readonly preview: string;
  readonly why: Evidence;
  /** What else the hit stands for, best first; absent where it stands for itself alone. */
  readonly also?: readonly SameHit[];
}

/** A function that is not listed for itself since a hit stands for it too: an overload, a piece, a copy. */
export interface SameHit {
  /** Relative to the folder, with `/`: a copy may lie in another file than its hit. */
  readonly path: string;
  /** Qualified: `Class.method`. */
  readonly name: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
}

/** What made a hit rank where it does. Scores lie in 0..1 before boosts. */
export interface Evidence {
  readonly semantic: number;
  readonly lexical: number;
  /** Words of the hit's name, path and preview that answer a word of the query, as they stand there, lower case. */
  readonly words: readonly string[];
  /** Named boosts and demotions, as added to the score; `reranked`: what reading hit and question together changed. */
  readonly boosts: Readonly<Record<string, number>>;
  /** Where code was asked about, not a question: the scores are absolute then, and the words the code's more telling ones. */
  readonly comparedWith?: 'code';
}

/** A text that need not be what is indexed: an editor's buffer. */
export interface OutlineRequest {
  /** Tells the language. */
  readonly path: string;
  readonly text: string;
}

/** A function or type of a text. */
export interface OutlineEntry {
  /** Qualified: `Class.method`. */
  readonly name: string;
  readonly kind: FunctionKind;
  /** From 1, both ends included; a leading doc comment is not part of it. */
  readonly startLine: number;
  readonly endLine: number;
}
