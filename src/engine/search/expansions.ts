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
/** The whole in one piece: zlib's own are of 16 kB, and each waits for its turn. */
const CHUNK_BYTES = 2 ** 21;

/** Stem in a question → stems in code with the probability that they call for it; undefined where there are none. */
export interface Expansions {
  get(word: string): readonly Expansion[] | undefined;
}

type Expansion = readonly [term: string, probability: number];

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
    const bytes = await promisify(gunzip)(await readFile(file), { chunkSize: CHUNK_BYTES });
    const table = JSON.parse(bytes.toString('utf8')) as TermTable;
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

/** Looked up when a word is asked for: to lay out all hundred thousand pairs takes longer than all else that a start reads. */
function expansionsOf({ queryWords, codeWords, terms }: TermTable): Expansions {
  const queryPlaces = new Map(queryWords.map((word, place) => [word, place]));
  const codePlaces = new Map(codeWords.map((word, place) => [word, place]));
  const rowsOf = rowsByQueryWord(terms, queryWords.length);
  const known = new Map<string, readonly Expansion[]>();
  const inRow = (word: string, place: number | undefined, row: number): Expansion[] => {
    const [pairs, term] = [terms[row]!, codeWords[row]!];
    const found: Expansion[] = [];
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const [other, probability] = [queryWords[pairs[i]!]!, pairs[i + 1]! / 1000];
      if (probability < EXPANSION.minProbability || other === term) continue;
      if (pairs[i] === place) found.push([term, probability]);
      // Who asks for cfg means the configuration, too.
      if (term === word && isAbbreviation(term, other)) found.push([other, probability]);
    }
    return found;
  };
  const look = (word: string): readonly Expansion[] => {
    const [place, own] = [queryPlaces.get(word), codePlaces.get(word)];
    const rows = new Set(place === undefined ? [] : rowsOf(place));
    if (own !== undefined) rows.add(own);
    return [...rows].sort((a, b) => a - b).flatMap((row) => inRow(word, place, row));
  };
  return {
    get: (word) => {
      if (!queryPlaces.has(word) && !codePlaces.has(word)) return undefined;
      const found = known.get(word) ?? look(word);
      known.set(word, found);
      return found;
    },
  };
}

/** A query word's place → the rows of `terms` that name it, ascending. */
function rowsByQueryWord(terms: TermTable['terms'], words: number): (place: number) => Uint32Array {
  const starts = new Uint32Array(words + 1);
  for (const pairs of terms) for (let i = 0; i + 1 < pairs.length; i += 2) starts[pairs[i]! + 1]!++;
  for (let place = 0; place < words; place++) starts[place + 1]! += starts[place]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts[words]!);
  terms.forEach((pairs, row) => {
    for (let i = 0; i + 1 < pairs.length; i += 2) rows[next[pairs[i]!]!++] = row;
  });
  return (place) => rows.subarray(starts[place], starts[place + 1]);
}

/** Whether the letters of `short` stand in `long` in their order, the first one first: ctx in context. */
function isAbbreviation(short: string, long: string): boolean {
  if (short.length >= long.length || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at++;
  return at === short.length;
}
