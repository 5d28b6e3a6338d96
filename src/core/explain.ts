/**
 * A hit's evidence in plain words, for every head: the panel, the tree, the command line. The figures add up to the score.
 * Texts are English and hold `{0}` where a value goes, so that a head may translate them. Pure.
 */
import { RANKING, SIMILARITY } from './ranking/parameters.ts';

/** The part of the engine's `Evidence` that is told. */
export interface ToldEvidence {
  readonly semantic: number;
  readonly lexical: number;
  readonly words: readonly string[];
  readonly boosts: Readonly<Record<string, number>>;
  /** Absent: with a question. */
  readonly comparedWith?: 'code';
}

export interface Reason {
  /** Its part in the score, `+0.20` or `-0.50`. */
  readonly figure: string;
  /** English, `{0}` in place of the first of `values`. */
  readonly text: string;
  readonly values: readonly string[];
}

/** By the names of boosts and demotions. */
const BOOSTS: Readonly<Record<string, string>> = {
  name: 'its name fits the description',
  'name words': 'telling words of the description are in its name',
  definition: 'the description names it',
  file: "words of the description are in the file's name",
  folder: "words of the description are in the folder's name",
  hits: 'more results in this file',
  internal: 'internal code, ranked lower',
  platform: 'code for another platform than this one, ranked lower',
  tests: 'test code, ranked lower',
  examples: 'example code, ranked lower',
  docs: 'documentation, ranked lower',
  stubs: 'type declarations only, ranked lower',
  legacy: 'old or compatibility code, ranked lower',
  'same file': 'better results of this file stand above it',
  near: 'its file is open or was used lately',
  reranked: 'read once more together with the description',
};

/** Likeness first, by its share, then what was added and taken, the largest first. A boost of an unknown name stands for itself. */
export function reasonsOf({ semantic, lexical, words, boosts, comparedWith }: ToldEvidence): readonly Reason[] {
  if (comparedWith === 'code') return codeReasons(semantic, lexical, words);
  const added = Object.entries(boosts).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return [
    { figure: signed(RANKING.semanticShare * semantic), text: meaningText(semantic), values: [] },
    { figure: signed((1 - RANKING.semanticShare) * lexical), ...wordsReason(lexical, words) },
    ...added.map(([name, amount]) => ({ figure: signed(amount), ...boostReason(name) })),
  ];
}

function codeReasons(semantic: number, lexical: number, words: readonly string[]): readonly Reason[] {
  const shared: Pick<Reason, 'text' | 'values'> =
    words.length > 0
      ? { text: 'words in common with the code, such as: {0}', values: [words.join(', ')] }
      : { text: 'words in common with the code', values: [] };
  return [
    { figure: signed((1 - SIMILARITY.overlapShare) * semantic), text: 'likeness to the code in meaning', values: [] },
    { figure: signed(SIMILARITY.overlapShare * lexical), ...shared },
  ];
}

/** Likeness is relative to the question's other candidates: 1 has the nearest of them, 0 the farthest. */
function meaningText(semantic: number): string {
  if (semantic >= 0.995) return 'the nearest in meaning of those looked at';
  if (semantic >= 2 / 3) return 'among the nearest in meaning of those looked at';
  return semantic >= 1 / 3
    ? 'neither near nor far in meaning among those looked at'
    : 'among the farthest in meaning of those looked at';
}

function wordsReason(lexical: number, words: readonly string[]): Pick<Reason, 'text' | 'values'> {
  if (words.length > 0) return { text: 'words of the description: {0}', values: [words.join(', ')] };
  const text =
    lexical > 0 ? 'words of the description are in its code or comments' : 'no word of the description is in it';
  return { text, values: [] };
}

function boostReason(name: string): Pick<Reason, 'text' | 'values'> {
  const text = Object.hasOwn(BOOSTS, name) ? BOOSTS[name] : undefined;
  return text ? { text, values: [] } : { text: '{0}', values: [name] };
}

const signed = (amount: number): string => `${amount < 0 ? '-' : '+'}${Math.abs(amount).toFixed(2)}`;

/** The text with its values, as it is. */
export function plainText({ text, values }: Pick<Reason, 'text' | 'values'>): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? '');
}
