/**
 * Words that code has for a question's words (`cfg` for configuration), as training found them in pairs of docs and code.
 * They count little beside the words that were asked for.
 */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { EXPANSION } from '../../core/ranking/parameters.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { QuestionTerms } from './question-terms.ts';
import type { WeightedTerm } from './snapshot.ts';

const FORMAT = 'kenning-terms-1';

/** Stem in a question → stems in code with the probability that they call for it. */
export type Expansions = ReadonlyMap<string, readonly (readonly [term: string, probability: number])[]>;

/** As `training/` writes it: for each code word, places of query words and probabilities in thousandths, in turn. */
interface TermTable {
  readonly format: string;
  readonly queryWords: readonly string[];
  readonly codeWords: readonly string[];
  readonly terms: readonly (readonly number[])[];
}

/** Null where the file is missing or is of another format: searching does without. */
export async function loadExpansions(file: string): Promise<Expansions | null> {
  try {
    const table = JSON.parse((await promisify(gunzip)(await readFile(file))).toString('utf8')) as TermTable;
    return table.format === FORMAT ? expansionsOf(table) : null;
  } catch {
    return null;
  }
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

function expansionsOf({ queryWords, codeWords, terms }: TermTable): Expansions {
  const found = new Map<string, [string, number][]>();
  const add = (word: string, term: string, probability: number): void => {
    const list = found.get(word) ?? [];
    list.push([term, probability]);
    found.set(word, list);
  };
  terms.forEach((row, code) => {
    for (let i = 0; i + 1 < row.length; i += 2) {
      const [word, term, probability] = [queryWords[row[i]!]!, codeWords[code]!, row[i + 1]! / 1000];
      if (probability < EXPANSION.minProbability || word === term) continue;
      add(word, term, probability);
      // Who asks for cfg means the configuration, too.
      if (isAbbreviation(term, word)) add(term, word, probability);
    }
  });
  return found;
}

/** Whether the letters of `short` stand in `long` in their order, the first one first: ctx in context. */
function isAbbreviation(short: string, long: string): boolean {
  if (short.length >= long.length || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}
