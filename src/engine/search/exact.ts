/**
 * The phrases in a query's quotes, as the functions that hold them. Words narrow the index to what may hold a phrase, then
 * the files say: the index keeps no code. Of a file that is no longer what was indexed, the words alone decide.
 */
import { phraseTerms, phraseTest } from '../../core/query/exact-phrase.ts';
import type { Query } from '../../core/query/parse-query.ts';
import { LEXICAL_WEIGHTS } from '../../core/ranking/parameters.ts';
import { hitSources } from '../rerank/hit-text.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { StoredFunction } from '../store/records.ts';
import type { TermIdGroups } from './holding.ts';
import type { LexicalQuestion } from './proposal.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Files that one question may have read. Beyond them, what answers worst by its words is left out: only a phrase of words
 * that stand everywhere has as many.
 */
export const EXACT_FILES = 300;

export interface ExactParts {
  readonly store: IndexReader;
  /** Where the files lie; absent: the words alone decide. */
  readonly folder?: string | undefined;
}

/** Ids of the only functions that come into question; null where no phrase with a word is asked for. */
export async function functionsWithPhrases(
  parts: ExactParts,
  snapshot: Snapshot,
  { exact }: Query,
  question: LexicalQuestion,
): Promise<ReadonlySet<number> | null> {
  const groups = groupsOf(parts.store, exact);
  if (groups.length === 0) return null;
  const functions = ofFirstFiles(parts.store, snapshot.holding(groups, question));
  const holds = await verdicts(parts, exact, functions);
  return new Set(functions.filter(({ id }) => exact.every((phrase) => holds(id, phrase) ?? true)).map(({ id }) => id));
}

/** Those of `functions` that hold no unwanted phrase, and every wanted one that is of punctuation alone. */
export async function withoutUnwanted(
  parts: ExactParts,
  snapshot: Snapshot,
  { exact, notExact }: Query,
  functions: readonly StoredFunction[],
): Promise<readonly StoredFunction[]> {
  const wordless = exact.filter((phrase) => phraseTerms(phrase).length === 0);
  if (wordless.length + notExact.length === 0) return functions;
  const holds = await verdicts(parts, [...wordless, ...notExact], functions);
  const mayHold = new Map(notExact.map((phrase) => [phrase, holdersOf(parts.store, snapshot, phrase)]));
  return functions.filter(
    ({ id }) =>
      wordless.every((phrase) => holds(id, phrase) ?? true) &&
      !notExact.some((phrase) => holds(id, phrase) ?? mayHold.get(phrase)!.has(id)),
  );
}

/** Whether a function holds a phrase; null where its file does not tell. */
type Verdict = (id: number, phrase: string) => boolean | null;

async function verdicts(
  { store, folder }: ExactParts,
  phrases: readonly string[],
  functions: readonly StoredFunction[],
): Promise<Verdict> {
  const sources = folder === undefined ? new Map() : await hitSources(store, folder, functions);
  const tests = new Map(phrases.map((phrase) => [phrase, phraseTest(phrase)]));
  const byId = new Map(functions.map((fn) => [fn.id, fn]));
  return (id, phrase) => {
    const fn = byId.get(id)!;
    const stands = tests.get(phrase)!;
    if (stands(fn.qualifiedName) || stands(fn.path)) return true;
    const source = sources.get(id);
    return source ? stands(source.code) || stands(source.doc) : null;
  };
}

/** In the order given, without those whose file is one too many. */
function ofFirstFiles(store: IndexReader, holders: readonly Pick<StoredFunction, 'id' | 'path'>[]): StoredFunction[] {
  const paths = new Set<string>();
  const first = holders.filter(({ path }) => {
    if (paths.size < EXACT_FILES) paths.add(path);
    return paths.has(path);
  });
  return store.functions(first.map(({ id }) => id));
}

/** One and the same: a snapshot keeps what it works out for weights. */
const EVERYTHING: LexicalQuestion = { terms: [], weights: LEXICAL_WEIGHTS, keep: null };

function holdersOf(store: IndexReader, snapshot: Snapshot, phrase: string): ReadonlySet<number> {
  const groups = groupsOf(store, [phrase]);
  return new Set(groups.length === 0 ? [] : snapshot.holding(groups, EVERYTHING).map(({ id }) => id));
}

/** An alternative with a term that does not occur is none. */
function groupsOf(store: IndexReader, phrases: readonly string[]): TermIdGroups {
  const groups = phrases.flatMap(phraseTerms);
  const ids = store.termIds([...new Set(groups.flat(2))]);
  return groups.map((group) =>
    group.filter((terms) => terms.every((term) => ids.has(term))).map((terms) => terms.map((term) => ids.get(term)!)),
  );
}
