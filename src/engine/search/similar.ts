/**
 * Answers "code like this code" from a snapshot: the nearest functions by their vectors and those that share its rarest terms
 * are pooled, and ranked by both. Says nothing of questions in words, and reads no hit a second time.
 */
import { KenningError } from '../../core/errors.ts';
import { overlap } from '../../core/lexical/overlap.ts';
import { termsOf } from '../../core/lexical/terms.ts';
import { byPlace } from '../../core/ranking/by-place.ts';
import { collapsed } from '../../core/ranking/collapse.ts';
import { LEXICAL_WEIGHTS, SIMILARITY } from '../../core/ranking/parameters.ts';
import type { Hit, SearchAnswer, SimilarRequest } from '../api/search.ts';
import type { StoredFunction } from '../store/records.ts';
import type { Searched } from '../unsaved/overlay.ts';
import type { UnsavedFiles } from '../unsaved/unsaved-files.ts';
import { alikeKeys } from './alike.ts';
import { bodyTerms, type CodeOrigin, codeOrigin, type OriginParts, type Place } from './code-origin.ts';
import type { LiveIndex } from './live-index.ts';
import type { WeightedTerm } from './proposal.ts';
import { placeOf, round, searchedIn, shownOf, wordsIn } from './search.ts';
import type { Snapshot } from './snapshot.ts';

/** Taken from each list. */
const POOL = 200;
/** Of the code's terms, the most telling ones find what the vectors miss; more cost time alone. */
const TERMS = 24;

export interface SimilarParts extends OriginParts {
  readonly live: LiveIndex;
  /** Laid over what `live` knows; absent: nothing is. */
  readonly unsaved?: UnsavedFiles;
}

interface Like {
  readonly fn: StoredFunction;
  /** Cosine; 0 for a negative one. */
  readonly semantic: number;
  /** Of the bodies' terms, 0..1. */
  readonly lexical: number;
  readonly score: number;
}

/** Rejects with `usage` for lines that are none, and with `cancelled`. */
export async function similar(
  parts: SimilarParts,
  request: SimilarRequest,
  signal?: AbortSignal,
): Promise<SearchAnswer> {
  const startedAt = performance.now();
  const place = placeIn(request);
  const asked = [...new Set(termsOf(request.code))];
  const origin = asked.length > 0 ? await codeOrigin(parts, request.code, request.path ?? '', place) : null;
  const embedMs = performance.now() - startedAt;
  const searched = await searchedIn(parts);
  if (signal?.aborted) throw new KenningError('cancelled', 'The search for similar code was cancelled.');
  const likes = origin ? likesOf(searched, origin) : [];
  const wanted = likes.filter((like) => !isAt(like.fn, place) && (request.only !== 'duplicates' || isDuplicate(like)));
  const stems = tellingStems(searched, asked);
  const alikeKeysOf = alikeKeys(
    wanted.map(({ fn }) => fn),
    searched.index,
  );
  const groups = collapsed(wanted, ({ fn }) => alikeKeysOf(fn)).slice(0, request.limit ?? SIMILARITY.limit);
  const { complete, generation } = parts.store.meta();
  const totalMs = performance.now() - startedAt;
  return {
    query: '',
    results: groups.map(([first, ...others]) => hitOf(first!, others, stems)),
    index: { functions: parts.store.counts().functions, complete, generation },
    timings: { embedMs: round(embedMs), searchMs: round(totalMs - embedMs), totalMs: round(totalMs) },
  };
}

function placeIn({ path, startLine, endLine = startLine }: SimilarRequest): Place | null {
  if (startLine === undefined || endLine === undefined) return null;
  const isRange = Number.isInteger(startLine) && Number.isInteger(endLine) && startLine >= 1 && endLine >= startLine;
  if (!isRange) throw new KenningError('usage', `Lines ${startLine} to ${endLine} are no range: lines count from 1.`);
  return path === undefined ? null : { path, startLine, endLine };
}

/** Most alike first. */
function likesOf({ snapshot, index }: Searched, { vector, bodyIn }: CodeOrigin): Like[] {
  const body = bodyIn(index);
  const terms = tellingTerms(snapshot, body.known);
  const proposals = snapshot.propose({ vector, terms, weights: LEXICAL_WEIGHTS, keep: null }, POOL);
  const ids = proposals.map(({ id }) => id);
  const functions = new Map(index.functions(ids).map((fn) => [fn.id, fn]));
  const contents = index.contents(ids);
  const likes = proposals.flatMap(({ id, semantic: cosine }): Like[] => {
    const [fn, content] = [functions.get(id), contents.get(id)];
    // Removed since the snapshot.
    if (!fn || !content) return [];
    // Rounded vectors are not quite of unit length.
    const semantic = Math.min(1, Math.max(0, cosine));
    const lexical = overlap(body, bodyTerms(content.terms));
    const score = (1 - SIMILARITY.overlapShare) * semantic + SIMILARITY.overlapShare * lexical;
    return [{ fn, semantic, lexical, score }];
  });
  return likes.sort((a, b) => b.score - a.score || byPlace(a.fn, b.fn));
}

function tellingTerms(snapshot: Snapshot, counts: ReadonlyMap<number, number>): WeightedTerm[] {
  const weighed = Array.from(counts, ([id, count]) => ({ id, weight: 1 + Math.log(count) }));
  const telling = new Map(weighed.map(({ id, weight }) => [id, weight * snapshot.rarity(id)]));
  return weighed.sort((a, b) => telling.get(b.id)! - telling.get(a.id)!).slice(0, TERMS);
}

/** The rarer half of the code's terms: what all code is full of explains no likeness. */
function tellingStems({ snapshot, index }: Searched, terms: readonly string[]): Set<string> {
  const ids = index.termIds(terms);
  const rarity = new Map(Array.from(ids, ([term, id]) => [term, snapshot.rarity(id)]));
  const rarest = [...ids.keys()].sort((a, b) => rarity.get(b)! - rarity.get(a)!);
  return new Set(rarest.slice(0, Math.ceil(rarest.length / 2)));
}

/** What holds the code, or a part of it, is the code itself. */
function isAt({ path, startLine, endLine, part }: StoredFunction, place: Place | null): boolean {
  if (!place || path !== place.path) return false;
  return (part?.startLine ?? startLine) <= place.endLine && (part?.endLine ?? endLine) >= place.startLine;
}

const isDuplicate = ({ semantic, lexical }: Like): boolean =>
  semantic >= SIMILARITY.duplicateCosine && lexical >= SIMILARITY.duplicateOverlap;

function hitOf({ fn, score, semantic, lexical }: Like, others: readonly Like[], stems: ReadonlySet<string>): Hit {
  return {
    ...shownOf(fn, score),
    why: {
      semantic: round(semantic),
      lexical: round(lexical),
      words: wordsIn(fn, stems),
      boosts: {},
      comparedWith: 'code',
    },
    ...(others.length > 0 && { also: others.map((other) => placeOf(other.fn)) }),
  };
}
