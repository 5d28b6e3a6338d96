/** A list of words, kept so that those which look like a given one are found without looking at all. */

export interface KnownWords {
  has(word: string): boolean;
  /** The words that begin as `word` does and are at most `by` characters longer or shorter. */
  near(word: string, by: number): readonly string[];
}

/**
 * `list`: lower case. Called and sorted at the first look only: it takes some 30 ms, and most questions hold no unknown
 * word. `has`: where there is a quicker way to tell than by the list.
 */
export function knownWords(list: () => readonly string[], has?: (word: string) => boolean): KnownWords {
  let all: ReadonlySet<string> | undefined;
  let places: ReadonlyMap<string, readonly string[]> | undefined;
  const place = (first: string | undefined, length: number): string => `${first}${length}`;
  const inList = (word: string): boolean => {
    all ??= new Set(list());
    return all.has(word);
  };
  return {
    has: has ?? inList,
    near: (word, by) => {
      places ??= Map.groupBy(list(), (each) => place(each[0], each.length));
      const lengths = Array.from({ length: 2 * by + 1 }, (_, i) => word.length - by + i);
      return lengths.flatMap((length) => places!.get(place(word[0], length)) ?? []);
    },
  };
}
