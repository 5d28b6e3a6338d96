/**
 * How well names answer a query's words: identifiers, file names and folders compared by stems,
 * and by what words mean. What a query names by an identifier is `definition-match.ts`'s business.
 */
import { type NameWords, nameWords } from '../lexical/name-words.ts';
import type { RankingQuery } from './candidate.ts';

/**
 * Harmonic mean of the share of the name that the query covers and the share of the query's weight in the name, 0..1. A
 * word that only means nearly the same covers as much less.
 */
export function nameMatch(query: RankingQuery, name: string): number {
  const { stems } = nameWords(name);
  // Most names answer nothing.
  if (!stems.some((stem) => query.stems.has(stem) || query.likes.has(stem))) return 0;
  const covered = new Map<string, number>();
  let matched = 0;
  for (const stem of stems) matched += covers(query, stem, covered);
  if (matched === 0) return 0;
  let weight = 0;
  for (const [asked, share] of covered) weight += share * query.stems.get(asked)!;
  const ofName = matched / stems.length;
  const ofQuery = weight / totalWeight(query);
  return (2 * ofName * ofQuery) / (ofName + ofQuery);
}

/** How well some word of the query answers `stem`, 0..1; raises in `covered` the asked stems that it answers. */
function covers(query: RankingQuery, stem: string, covered: Map<string, number>): number {
  if (query.stems.has(stem)) {
    raise(covered, stem, 1);
    return 1;
  }
  const likes = query.likes.get(stem);
  if (!likes) return 0;
  let best = 0;
  for (const [asked, share] of likes) {
    raise(covered, asked, share);
    best = Math.max(best, share);
  }
  return best;
}

function raise(covered: Map<string, number>, asked: string, share: number): void {
  if (share > (covered.get(asked) ?? 0)) covered.set(asked, share);
}

/**
 * Stem → what it counts in the names of files and folders: a question begins with what it is about and then says more about
 * that. `stems`: in the question's order. The discount is that of NDCG.
 */
export function sharesByOrder(stems: Iterable<string>): ReadonlyMap<string, number> {
  return new Map(Array.from(stems, (stem, i) => [stem, 1 / Math.log2(2 + i)]));
}

/** The share of a path part's own words that the query covers, each word of it as much as it counts there, 0..1. */
export function coverage({ pathShares, likes }: RankingQuery, { stems }: NameWords): number {
  let matched = 0;
  for (const stem of stems) matched += pathShares.get(stem) ?? likeShare(likes.get(stem) ?? [], pathShares);
  return stems.length === 0 ? 0 : matched / stems.length;
}

function likeShare(likes: readonly (readonly [string, number])[], pathShares: ReadonlyMap<string, number>): number {
  return likes.reduce((best, [asked, share]) => Math.max(best, share * (pathShares.get(asked) ?? 0)), 0);
}

function totalWeight(query: RankingQuery): number {
  let total = 0;
  for (const idf of query.stems.values()) total += idf;
  return total;
}
