/** What ranking knows of a function that one of the two lists proposed. Plain data. */
import type { FunctionKind } from '../code-function.ts';
import type { QuestionClass } from '../query/question-class.ts';
import type { PlatformKind } from './platform.ts';

export interface Candidate {
  /** Opaque to ranking. */
  readonly id: number;
  /** Cosine with the query, −1..1. */
  readonly semantic: number;
  /** BM25F, 0 or more, unnormalised. */
  readonly lexical: number;
  /** The same of the name's words alone. */
  readonly nameLexical: number;
  /** Cosine of the query with the mean of its file's vectors, −1..1. */
  readonly fileSemantic: number;
  readonly path: string;
  readonly qualifiedName: string;
  readonly kind: FunctionKind;
  /** Candidates that share one of these are overloads, pieces or copies of each other: one stands for all. */
  readonly alike: readonly string[];
}

export interface RankedHit {
  readonly id: number;
  readonly score: number;
  /** Both normalised to 0..1 over this query's candidates. */
  readonly semantic: number;
  readonly lexical: number;
  /** Named boosts and demotions that are not 0. */
  readonly boosts: Readonly<Record<string, number>>;
  /** Ids of the candidates that it stands for, best first. */
  readonly also: readonly number[];
}

/** Stem of another word → the asked stems that it means nearly the same as, each with what it counts, 0..1. */
export type Likes = ReadonlyMap<string, readonly (readonly [asked: string, share: number])[]>;

/** A query's words as ranking compares them: stems with the weight that their rarity gives. */
export interface RankingQuery {
  readonly text: string;
  readonly kind: QuestionClass;
  /** The symbols that it names, each as its parts: `app.set` is `['app', 'set']`. */
  readonly identifiers: readonly (readonly string[])[];
  /** Stem → inverse document frequency. */
  readonly stems: ReadonlyMap<string, number>;
  /** Stem → what it counts in the names of files and folders, 0..1, as `sharesByOrder` gives it. */
  readonly pathShares: ReadonlyMap<string, number>;
  /** Words of names that stand for asked ones; empty where nobody looked for them. */
  readonly likes: Likes;
  /** Path → how near the file is to the user's hand, 0..1, as `nearness` gives it; empty where nobody says. */
  readonly near: ReadonlyMap<string, number>;
  /** What the machine's platform runs. */
  readonly own: ReadonlySet<PlatformKind>;
}
