/** How many typing mistakes lie between two words. */

/**
 * Damerau–Levenshtein distance (optimal string alignment: insertion, deletion, substitution, swap of neighbours) of two
 * words by UTF-16 units; anything above `most` comes back as `most + 1`. Only cells within `most` of the diagonal count.
 */
export function editDistance(a: string, b: string, most: number): number {
  const tooMany = most + 1;
  if (Math.abs(a.length - b.length) > most || lettersApart(a, b) > 2 * most) return tooMany;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, tooMany));
  for (let i = 1; i <= a.length; i++) {
    const row = new Array<number>(b.length + 1).fill(tooMany);
    const from = Math.max(1, i - most);
    row[from - 1] = from === 1 ? Math.min(i, tooMany) : tooMany;
    let least = row[from - 1]!;
    for (let j = from; j <= Math.min(b.length, i + most); j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1), tooMany);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, before[j - 2]! + 1);
      row[j] = best;
      least = Math.min(least, best);
    }
    if (least === tooMany) return tooMany;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** Letters that one of the words has and the other has not, some counted as one: a mistake accounts for two at most. */
function lettersApart(a: string, b: string): number {
  let apart = letters(a) ^ letters(b);
  let count = 0;
  for (; apart !== 0; apart &= apart - 1) count++;
  return count;
}

/** A bit for each letter. */
function letters(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}
