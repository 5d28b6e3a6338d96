/** A list of words, kept so that those which look like a given one are found without looking at all. */

export interface KnownWords {
  has(word: string): boolean;
  /** The words that begin as `word` does and are at most `by` characters longer or shorter. */
  near(word: string, by: number): readonly string[];
}

/** `words`: lower case. */
export function knownWords(words: readonly string[]): KnownWords {
  const all = new Set(words);
  const place = (first: string | undefined, length: number): string => `${first}${length}`;
  const places = Map.groupBy(words, (word) => place(word[0], word.length));
  return {
    has: (word) => all.has(word),
    near: (word, by) => {
      const lengths = Array.from({ length: 2 * by + 1 }, (_, i) => word.length - by + i);
      return lengths.flatMap((length) => places.get(place(word[0], length)) ?? []);
    },
  };
}
