/**
 * What a word that nothing in the index holds was meant to be: the nearest terms that there are. Only for words that the
 * student does not know either, which is what sets a misspelling apart from a plain word that this code happens to lack.
 */
import { stem } from '../../core/lexical/terms.ts';
import { editDistance } from '../../core/query/edit-distance.ts';
import type { Store } from '../store/store.ts';
import type { Snapshot } from './snapshot.ts';

/** A word of this many letters may hold one mistake; of twice as many, two. */
const ONE_MISTAKE_LETTERS = 4;
const MOST_TERMS = 3;
/** Times the weight of a word that was asked for as it is, by the number of mistakes. */
const WEIGHTS = [1, 0.7, 0.5];
/** Before a term that is an identifier as a whole. */
const WHOLE = '=';

export interface Correction {
  readonly term: string;
  readonly id: number;
  /** 0..1. */
  readonly weight: number;
}

export interface Vocabulary {
  readonly store: Store;
  readonly snapshot: Snapshot;
  /** What the student knows; it also tells how a word is spelt that the index has only the stem of. */
  readonly words?: ReadonlySet<string> | undefined;
}

/**
 * The nearest terms, the more frequent first, at most three. `word`: lower case as asked, or `=` and an identifier as a
 * whole. The first letter is taken to be right.
 */
export function correctionsOf({ store, snapshot, words }: Vocabulary, word: string): Correction[] {
  const bare = word.startsWith(WHOLE) ? word.slice(1) : word;
  const most = mistakesIn(bare);
  if (most === 0 || words?.has(word)) return [];
  const terms = new Map<string, number>();
  addStored(terms, store, word === bare ? stem(word) : word, most);
  if (word === bare) addSpelt(terms, word, words ?? [], most);
  const ids = store.termIds([...terms.keys()]);
  const found = [...ids].map(([term, id]) => ({ term, id, distance: terms.get(term)!, rarity: snapshot.rarity(id) }));
  const least = Math.min(...found.map(({ distance }) => distance));
  return found
    .filter(({ distance }) => distance === least)
    .sort((a, b) => a.rarity - b.rarity)
    .slice(0, MOST_TERMS)
    .map(({ term, id, distance }) => ({ term, id, weight: WEIGHTS[distance]! }));
}

/** Words with digits or beyond ASCII are not guessed at. */
function mistakesIn(word: string): number {
  if (!/^[a-z]+$/.test(word) || word.length < ONE_MISTAKE_LETTERS) return 0;
  return word.length < 2 * ONE_MISTAKE_LETTERS ? 1 : 2;
}

/** Adds stem → distance, of words that the student knows. */
function addSpelt(near: Map<string, number>, word: string, words: Iterable<string>, most: number): void {
  for (const known of words) {
    if (known[0] !== word[0] || Math.abs(known.length - word.length) > most) continue;
    addNear(near, stem(known), editDistance(word, known, most), most);
  }
}

/** Adds term → distance, of terms in the store. */
function addStored(near: Map<string, number>, store: Store, term: string, most: number): void {
  const start = term.startsWith(WHOLE) ? term.slice(0, 2) : term.slice(0, 1);
  const shortest = Math.max(ONE_MISTAKE_LETTERS - 1, term.length - most);
  for (const other of store.termsNear(start, term, shortest, term.length + most)) {
    addNear(near, other.term, editDistance(term, other.term, most), most);
  }
}

function addNear(near: Map<string, number>, term: string, distance: number, most: number): void {
  if (distance <= most && distance < (near.get(term) ?? most + 1)) near.set(term, distance);
}
