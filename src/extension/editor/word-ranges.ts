/** Where the words of a hit stand in its code, as parts of identifiers too: `date` in `parseDate`, not in `update`. Pure. */

/** Shorter words stand everywhere. */
const SHORTEST = 2;

/** `words`: lower case. Columns, end excluded, ascending and apart. */
export function wordRanges(line: string, words: readonly string[]): [number, number][] {
  const wanted = new Set(words.filter((word) => word.length >= SHORTEST));
  return Array.from(line.matchAll(PART), (part): [number, number] => [part.index, part.index + part[0].length]).filter(
    ([start, end]) => wanted.has(line.slice(start, end).toLowerCase()),
  );
}

/** `HTTP` and `Client` of `HTTPClient`, `parse` and `date` of `parse_date`, a number. */
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|\p{Nd}+/gu;
