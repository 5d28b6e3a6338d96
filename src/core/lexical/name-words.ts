/**
 * The words of names: of functions, files and folders. The same names are candidates again and again, so that they are
 * taken apart once.
 */
import { onceForEach } from '../once-for-each.ts';
import { splitWords } from '../text/split-words.ts';
import { stem } from './terms.ts';

/** Bounds the memory; reached only where questions meet very many names. */
const CACHE_NAMES = 20_000;
/** Two letters at least: `f` and `2` are like anything. */
const COMPARABLE = /^\p{L}{2,}$/u;

/** In order of appearance, each stem once. */
export interface NameWords {
  readonly stems: readonly string[];
  /** The first word that has the stem at the same place; null for what cannot be compared with other words. */
  readonly words: readonly (string | null)[];
}

export const nameWords = onceForEach(CACHE_NAMES, wordsOf);

function wordsOf(name: string): NameWords {
  const words = new Map<string, string>();
  for (const word of splitWords(name)) if (!words.has(stem(word))) words.set(stem(word), word);
  const comparable = Array.from(words.values(), (word) => (COMPARABLE.test(word) ? word : null));
  return { stems: [...words.keys()], words: comparable };
}
