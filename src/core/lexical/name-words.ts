/**
 * The words of names: of functions, files and folders. The same names are candidates again and again, so that they are
 * taken apart once.
 */
import { splitWords } from '../text/split-words.ts';
import { stem } from './terms.ts';

/** Bounds the memory; reached only where questions meet very many names. */
const CACHE_NAMES = 20_000;

const known = new Map<string, ReadonlyMap<string, string>>();

/** Stem → the first word of `name` that has it, in order of appearance. */
export function nameWords(name: string): ReadonlyMap<string, string> {
  const before = known.get(name);
  if (before) return before;
  if (known.size >= CACHE_NAMES) known.clear();
  const words = new Map<string, string>();
  for (const word of splitWords(name)) {
    const its = stem(word);
    if (!words.has(its)) words.set(its, word);
  }
  known.set(name, words);
  return words;
}
