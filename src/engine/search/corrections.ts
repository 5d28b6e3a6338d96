/**
 * What a word that nothing in the index holds was meant to be: the nearest terms that there are. Only for words that the
 * student does not know either, which is what sets a misspelling apart from a plain word that this code happens to lack.
 */
import { stem } from '../../core/lexical/terms.ts';
import { editDistance } from '../../core/query/edit-distance.ts';
import type { KnownWords } from '../../core/query/known-words.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { Snapshot } from './snapshot.ts';

/** A word of this many letters may hold one mistake; of twice as many, two. */
const ONE_MISTAKE_LETTERS = 4;
const MOST_TERMS = 3;
/** Times the weight of a word that was asked for as it is, by the number of mistakes. */
const WEIGHTS = [1, 0.85, 0.7];
/** Before a term that is an identifier as a whole. */
const WHOLE = '=';

export interface Correction {
  readonly term: string;
  readonly id: number;
  /** 0..1. */
  readonly weight: number;
}

export interface Vocabulary {
  readonly store: IndexReader;
  readonly snapshot: Snapshot;
  /** What the student knows; it also tells how a word is spelt that the index has only the stem of. */
  readonly words?: KnownWords | undefined;
}

/**
 * The nearest terms, the more frequent first, at most three. `word`: lower case as asked, or `=` and an identifier as a
 * whole; `parts`: the identifier's words. The first letter is taken to be right, of an identifier the first two: there are
 * many, and its words are corrected, too.
 */
export function correctionsOf(
  { store, snapshot, words }: Vocabulary,
  word: string,
  parts: readonly string[],
): Correction[] {
  if (!mayBeMisspelt({ words }, word)) return [];
  const isWhole = parts.length > 0;
  // An identifier of real words may be a little off, as in its number; farther off, it is another one.
  const most = isWhole && parts.every((part) => words?.has(part) ?? true) ? 1 : mistakesIn(word);
  const terms = new Map<string, number>();
  addStored(terms, store, isWhole ? word : stem(word), most);
  if (!isWhole && words) addSpelt(terms, word, words, most);
  const ids = store.termIds([...terms.keys()]);
  const held = [...ids]
    .filter(([, id]) => snapshot.holds(id))
    .map(([term, id]) => ({ term, id, distance: terms.get(term)!, rarity: snapshot.rarity(id) }));
  const least = Math.min(...held.map(({ distance }) => distance));
  return held
    .filter(({ distance }) => distance === least)
    .sort((a, b) => a.rarity - b.rarity)
    .slice(0, MOST_TERMS)
    .map(({ term, id, distance }) => ({ term, id, weight: WEIGHTS[distance]! }));
}

/**
 * Whether a word that does not occur may be a misspelling. Without a vocabulary no one knows: nearly every third question
 * put to other code would be changed.
 */
export function mayBeMisspelt({ words }: Pick<Vocabulary, 'words'>, word: string): boolean {
  return mistakesIn(word) > 0 && (word.startsWith(WHOLE) || (words !== undefined && !words.has(word)));
}

/** Words with digits or beyond ASCII are not guessed at. */
function mistakesIn(word: string): number {
  const letters = /^=?([a-z]+)$/.exec(word)?.[1]?.length ?? 0;
  if (letters < ONE_MISTAKE_LETTERS) return 0;
  return letters < 2 * ONE_MISTAKE_LETTERS ? 1 : 2;
}

/** Adds stem → distance, of words that the student knows. */
function addSpelt(near: Map<string, number>, word: string, words: KnownWords, most: number): void {
  for (const known of words.near(word, most)) {
    const distance = editDistance(word, known, most);
    if (distance <= most) addNear(near, stem(known), distance, most);
  }
}

/** Adds term → distance, of terms in the store. */
function addStored(near: Map<string, number>, store: IndexReader, term: string, most: number): void {
  const start = term.slice(0, term.startsWith(WHOLE) ? 3 : 1);
  const shortest = Math.max(ONE_MISTAKE_LETTERS - 1, term.length - most);
  for (const other of store.termsNear(start, term, shortest, term.length + most)) {
    addNear(near, other, editDistance(term, other, most), most);
  }
}

function addNear(near: Map<string, number>, term: string, distance: number, most: number): void {
  if (distance <= most && distance < (near.get(term) ?? most + 1)) near.set(term, distance);
}
