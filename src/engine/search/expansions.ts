/**
 * Words that code has for a question's words (`cfg` for configuration), as training found them in pairs of docs and code.
 * They count little beside the words that were asked for.
 */
import { EXPANSION } from '../../core/ranking/parameters.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { WeightedTerm } from './proposal.ts';
import type { QuestionTerms } from './question-terms.ts';
import { readTermTable, type TermTable } from './term-table.ts';

/** Stem in a question → stems in code with the probability that they call for it; undefined where there are none. */
export interface Expansions {
  get(word: string): readonly Expansion[] | undefined;
}

type Expansion = readonly [term: string, probability: number];

/** Null where the file is missing or is of another format: searching does without. As `readTermTable`. */
export async function loadExpansions(file: string, packed: string | null = null): Promise<Expansions | null> {
  const table = await readTermTable(file, packed);
  return table && expansionsOf(table);
}

/** A question's terms, and those that the table makes of what it asks and that occur in the index. */
export function expandedTerms(
  store: IndexReader,
  expansions: Expansions | null,
  { asked, terms }: Pick<QuestionTerms, 'asked' | 'terms'>,
): readonly WeightedTerm[] {
  const found = new Map<string, number>();
  for (const word of asked) {
    for (const [term, probability] of expansions?.get(word) ?? []) {
      found.set(term, Math.max(found.get(term) ?? 0, EXPANSION.weight * probability));
    }
  }
  const known = new Set(terms.map(({ id }) => id));
  const ids = store.termIds([...found.keys()]);
  const added = Array.from(ids, ([term, id]) => ({ id, weight: found.get(term)! }));
  return [...terms, ...added.filter(({ id }) => !known.has(id))];
}

/** Looked up when a word is asked for first. */
function expansionsOf({ queryWords, codeWords, rowsOf, pairsOf }: TermTable): Expansions {
  const known = new Map<string, readonly Expansion[]>();
  const inRow = (word: string, place: number, row: number): Expansion[] => {
    const [pairs, term] = [pairsOf(row), codeWords.at(row)];
    const found: Expansion[] = [];
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const probability = pairs[i + 1]! / 1000;
      if (probability < EXPANSION.minProbability) continue;
      const other = queryWords.at(pairs[i]!);
      if (other === term) continue;
      if (pairs[i] === place) found.push([term, probability]);
      // Who asks for cfg means the configuration, too.
      if (term === word && isAbbreviation(term, other)) found.push([other, probability]);
    }
    return found;
  };
  const look = (word: string): readonly Expansion[] | undefined => {
    const [place, own] = [queryWords.placeOf(word), codeWords.placeOf(word)];
    if (place < 0 && own < 0) return undefined;
    const rows = new Set(place < 0 ? [] : rowsOf(place));
    if (own >= 0) rows.add(own);
    return [...rows].sort((a, b) => a - b).flatMap((row) => inRow(word, place, row));
  };
  return {
    get: (word) => {
      const found = known.get(word) ?? look(word);
      if (found) known.set(word, found);
      return found;
    },
  };
}

/** Whether the letters of `short` stand in `long` in their order, the first one first: ctx in context. */
function isAbbreviation(short: string, long: string): boolean {
  if (short.length >= long.length || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}
