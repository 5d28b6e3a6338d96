/**
 * Answers one question from a snapshot: the student's nearest functions and the best lexical ones are pooled and ranked
 * together. Changes nothing and waits for no update.
 */

import type { LexicalWeights } from '../../core/lexical/bm25f.ts';
import { stem } from '../../core/lexical/terms.ts';
import { identifiersIn } from '../../core/query/identifiers.ts';
import { parseQuery } from '../../core/query/parse-query.ts';
import { questionClass } from '../../core/query/question-class.ts';
import { scaleOf } from '../../core/ranking/across-folders.ts';
import type { Candidate, RankedHit, RankingQuery } from '../../core/ranking/candidate.ts';
import { sharesByOrder } from '../../core/ranking/name-match.ts';
import { type NearFiles, nearness } from '../../core/ranking/near.ts';
import { LEXICAL_WEIGHTS, RANKING, RERANKING } from '../../core/ranking/parameters.ts';
import { kindsOn } from '../../core/ranking/platform.ts';
import { rank } from '../../core/ranking/rank.ts';
import { secondViewHelps } from '../../core/ranking/where-it-helps.ts';
import { splitWords } from '../../core/text/split-words.ts';
import type { Hit, SameHit, SearchAnswer, SearchRequest, SecondReading } from '../api/search.ts';
import type { Refiner } from '../embed/refiner.ts';
import type { Student } from '../embed/student.ts';
import type { Ranker } from '../rerank/ranker.ts';
import { rerank } from '../rerank/reranker.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { StoredFunction } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Searched } from '../unsaved/overlay.ts';
import type { UnsavedFiles } from '../unsaved/unsaved-files.ts';
import { alikeKeys } from './alike.ts';
import { functionsWithPhrases, withoutUnwanted } from './exact.ts';
import { type Expansions, expandedTerms } from './expansions.ts';
import type { LikeWords } from './like-words.ts';
import type { LiveIndex } from './live-index.ts';
import type { Proposal } from './proposal.ts';
import { questionTerms } from './question-terms.ts';
import { questionVector } from './question-vector.ts';
import { rowFilter } from './row-filter.ts';

/** Taken from each list: deep enough that evidence from names can lift what both lists rank low. */
const POOL = 200;

export interface SearchParts {
  readonly store: Store;
  readonly student: Student;
  readonly refiner?: Refiner | null;
  readonly live: LiveIndex;
  /** Laid over what `live` knows; absent: nothing is. */
  readonly unsaved?: UnsavedFiles;
  readonly weights?: LexicalWeights;
  /** Words that code may have for a question's words; null or absent: the question's own alone. */
  readonly expansions?: Expansions | null;
  /** Finds words of names that mean what was asked; null or absent: the same words alone. */
  readonly likeWords?: LikeWords | null;
  /** That the files lie in, to look for exact phrases and to know absolute paths; absent: their words decide. */
  readonly folder?: string;
  /** Reads the best hits a second time; with the folder that their files lie in. */
  readonly second?: { readonly ranker: Ranker; readonly folder: string } | null;
}

/** What a question has to be ranked from. */
export interface QuestionPool {
  readonly query: RankingQuery;
  readonly candidates: readonly Candidate[];
  /** Function id → function. */
  readonly functions: ReadonlyMap<number, StoredFunction>;
  /** That the candidates come from. */
  readonly index: IndexReader;
  readonly embedMs: number;
}

/** Rejects with `cancelled` when `signal` ends it during the second reading. */
export async function search(
  parts: SearchParts,
  { query: input, limit, near, file, second }: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchAnswer> {
  const startedAt = performance.now();
  const pool = await poolOf(parts, input, { near, file });
  const { query, functions, embedMs } = pool;
  const { ranked, rerankMs, mayImprove } = await rankedHits(parts, pool, { limit, second, file }, signal);
  const { functions: count } = parts.store.counts();
  const { complete, generation } = parts.store.meta();
  const totalMs = performance.now() - startedAt;
  const scale = scaleOf(pool.candidates);
  return {
    query: input,
    results: ranked.map((hit) => hitOf(hit, functions, query)),
    index: { functions: count, complete, generation },
    ...(scale && { scale }),
    ...(mayImprove && { mayImprove }),
    timings: {
      embedMs: round(embedMs),
      searchMs: round(totalMs - embedMs - (rerankMs ?? 0)),
      ...(rerankMs !== null && { rerankMs: round(rerankMs) }),
      totalMs: round(totalMs),
    },
  };
}

interface Ranked {
  readonly ranked: readonly RankedHit[];
  /** What the second reading took, null without one. */
  readonly rerankMs: number | null;
  readonly mayImprove: boolean;
}

interface Wish {
  readonly limit: number;
  readonly second: SecondReading | undefined;
  readonly file: string | undefined;
}

/** Where all hits are of one file, none gives way to those of others. */
const OF_ONE_FILE = { ...RANKING, sameFileDemotion: 0, shownFileDemotion: 0 };

const OWN_PLATFORM = kindsOn(process.platform);

/** The best `limit` hits, best first. */
async function rankedHits(
  { second }: SearchParts,
  { query, candidates, functions, index }: QuestionPool,
  { limit, second: wish = 'where-it-helps', file }: Wish,
  signal?: AbortSignal,
): Promise<Ranked> {
  const once = { rerankMs: null, mayImprove: false };
  // Without a word everything is as good as anything.
  if (query.stems.size === 0) return { ...once, ranked: [] };
  const parameters = file === undefined ? RANKING : OF_ONE_FILE;
  const first = rank(candidates, query, parameters, second ? Math.max(limit, RERANKING.depth) : limit);
  const best = first.slice(0, limit);
  if (!second || first.length === 0) return { ...once, ranked: best };
  const helps = secondViewHelps(query, first);
  if (wish === 'never' || (wish === 'where-it-helps' && !helps))
    return { ...once, ranked: best, mayImprove: wish === 'never' && helps };
  const startedAt = performance.now();
  const ranked = await rerank({ store: index, ...second }, query.text, first, functions, signal);
  return { ...once, ranked: ranked.slice(0, limit), rerankMs: performance.now() - startedAt };
}

/** The union of what the two lists propose, with what ranking looks at; of one file alone where `file` names it. */
export async function poolOf(
  parts: SearchParts,
  input: string,
  { near, file }: { readonly near?: NearFiles | undefined; readonly file?: string | undefined } = {},
): Promise<QuestionPool> {
  const { student, weights } = parts;
  const query = parseQuery(input);
  const startedAt = performance.now();
  const vector = await questionVector(parts, query.text);
  const embedMs = performance.now() - startedAt;
  // Not before: a batch that is committed while the question is embedded would take its functions out of the answer.
  const { snapshot, index } = await searchedIn(parts);
  const asked = questionTerms({ store: index, snapshot, words: student.words }, query.text);
  const terms = expandedTerms(index, parts.expansions ?? null, asked);
  const lexical = { terms, weights: weights ?? LEXICAL_WEIGHTS, keep: rowFilter(query, file, parts.folder) };
  const only = await functionsWithPhrases({ ...parts, store: index }, snapshot, query, lexical);
  const proposals = snapshot.propose({ vector, ...lexical, only }, POOL);
  const stored = index.functions(proposals.map(({ id }) => id));
  const wanted = await withoutUnwanted({ ...parts, store: index }, snapshot, query, stored);
  const functions = new Map(wanted.map((fn) => [fn.id, fn]));
  const candidates = candidatesOf(proposals, functions, index);
  const likes = (await parts.likeWords?.of(query.text, asked.stems, candidates)) ?? new Map();
  return {
    query: rankingQuery(query.text, { stems: asked.stems, likes }, near),
    candidates,
    functions,
    index,
    embedMs,
  };
}

/** What there is to find now: the index, and over it what editors hold. */
export async function searchedIn({
  store,
  live,
  unsaved,
}: Pick<SearchParts, 'store' | 'live' | 'unsaved'>): Promise<Searched> {
  return unsaved ? unsaved.searched(live) : { snapshot: await live.snapshot(), index: store };
}

function rankingQuery(
  text: string,
  words: Pick<RankingQuery, 'stems' | 'likes'>,
  near: NearFiles | undefined,
): RankingQuery {
  return {
    text,
    kind: questionClass(text),
    identifiers: identifiersIn(text),
    ...words,
    pathShares: sharesByOrder(words.stems.keys()),
    near: nearness(near),
    own: OWN_PLATFORM,
  };
}

/** A function that was removed since the snapshot has no place to land on. */
function candidatesOf(
  proposals: readonly Proposal[],
  functions: ReadonlyMap<number, StoredFunction>,
  index: IndexReader,
): Candidate[] {
  const alikeKeysOf = alikeKeys(functions.values(), index);
  return proposals.flatMap((proposal) => {
    const fn = functions.get(proposal.id);
    if (!fn) return [];
    const { id, semantic, lexical, nameLexical, fileSemantic } = proposal;
    const { path, qualifiedName, kind } = fn;
    return [{ id, semantic, lexical, nameLexical, fileSemantic, path, qualifiedName, kind, alike: alikeKeysOf(fn) }];
  });
}

function hitOf(hit: RankedHit, functions: QuestionPool['functions'], query: RankingQuery): Hit {
  const { score, semantic, lexical, boosts, also } = hit;
  const fn = functions.get(hit.id)!;
  return {
    ...shownOf(fn, score),
    why: {
      semantic: round(semantic),
      lexical: round(lexical),
      words: wordsIn(fn, query.stems),
      boosts: roundAll(boosts),
    },
    ...(also.length > 0 && { also: also.map((id) => placeOf(functions.get(id)!)) }),
  };
}

/** What a hit shows of its function, whatever it was found by. */
export function shownOf(fn: StoredFunction, score: number): Omit<Hit, 'why'> {
  const { kind, language, preview } = fn;
  return { ...placeOf(fn), kind, language, score: round(score), preview };
}

export function placeOf({ path, startLine, endLine, qualifiedName }: StoredFunction): SameHit {
  return { path, startLine, endLine, name: qualifiedName };
}

/** Words in what a hit shows that answer a word of the question, as they stand there. */
export function wordsIn(fn: StoredFunction, stems: { has(stem: string): boolean }): string[] {
  const shown = splitWords(`${fn.qualifiedName} ${fn.path} ${fn.preview}`);
  return [...new Set(shown)].filter((word) => stems.has(stem(word)));
}

function roundAll(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)]));
}

export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
