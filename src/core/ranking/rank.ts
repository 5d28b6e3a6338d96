/**
 * Candidates → ranked hits: convex fusion of the two normalised scores, evidence from names and paths, and a list that
 * no single file fills. Pure; the numbers are in `parameters.ts`.
 */
import { type Aside, asideOf, asidesAsked } from './aside.ts';
import type { Candidate, RankedHit, RankingQuery } from './candidate.ts';
import { coverage, nameMatch, namesSymbol, symbolWords } from './name-match.ts';
import type { RankingParameters } from './parameters.ts';

/** The best `limit` hits, best first. `asked` overrides what the query's words say about side files. */
export function rank(
  candidates: readonly Candidate[],
  query: RankingQuery,
  parameters: RankingParameters,
  limit: number,
): RankedHit[] {
  const fused = fuse(candidates, parameters.semanticShare);
  const asked = asidesAsked(query.text);
  const symbols = symbolWords(query.text);
  const scored = candidates.map((candidate, i) => {
    const boosts = nonZero(evidence(candidate, query, symbols, asked, parameters));
    const score = Object.values(boosts).reduce((sum, boost) => sum + boost, fused[i]!.score);
    return { ...fused[i]!, id: candidate.id, path: candidate.path, boosts, score };
  });
  boostFilesWithMoreHits(scored, parameters.fileHitsBoost);
  return spread(scored, parameters.sameFileDemotion, limit).map(({ path: _, ...hit }) => hit);
}

type Scored = RankedHit & { readonly path: string; score: number; boosts: Record<string, number> };

/** Semantic scores are scaled from the list's lowest to its highest, lexical ones by the highest: a BM25 of 0 means no word in common. */
function fuse(candidates: readonly Candidate[], share: number): { semantic: number; lexical: number; score: number }[] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let most = 0;
  for (const { semantic, lexical } of candidates) {
    low = Math.min(low, semantic);
    high = Math.max(high, semantic);
    most = Math.max(most, lexical);
  }
  return candidates.map((candidate) => {
    const semantic = high > low ? (candidate.semantic - low) / (high - low) : 0;
    const lexical = most > 0 ? candidate.lexical / most : 0;
    return { semantic, lexical, score: share * semantic + (1 - share) * lexical };
  });
}

function evidence(
  candidate: Candidate,
  query: RankingQuery,
  symbols: ReadonlySet<string>,
  asked: ReadonlySet<Aside>,
  parameters: RankingParameters,
): Record<string, number> {
  const { folder, file } = pathParts(candidate.path);
  const aside = asideOf(candidate.path);
  const isModule = candidate.kind === 'module' || candidate.kind === 'lines';
  return {
    name: isModule ? 0 : parameters.nameBoost * nameMatch(query, candidate.qualifiedName),
    symbol: !isModule && namesSymbol(symbols, candidate.name) ? parameters.exactNameBoost : 0,
    file: parameters.fileNameBoost * coverage(query, file),
    folder: parameters.folderBoost * coverage(query, folder),
    module: isModule ? -parameters.moduleDemotion : 0,
    ...(aside && !asked.has(aside) ? { [aside]: -parameters.asideDemotion } : {}),
  };
}

/** The file's name without its extensions, and the folder that holds it. */
function pathParts(path: string): { folder: string; file: string } {
  const parts = path.split('/');
  const file = parts.at(-1)!.replace(/(?<=.)\.[^/]*$/, '');
  return { folder: parts.at(-2) ?? '', file };
}

function boostFilesWithMoreHits(hits: Scored[], weight: number): void {
  const best = Math.max(0, ...hits.map((hit) => hit.score));
  if (best <= 0 || weight === 0) return;
  const sums = new Map<string, number>();
  for (const hit of hits) if (hit.score > 0) sums.set(hit.path, (sums.get(hit.path) ?? 0) + hit.score / best);
  for (const hit of hits) {
    const others = (sums.get(hit.path) ?? 0) - Math.max(0, hit.score) / best;
    const boost = weight * Math.log1p(others);
    if (boost <= 0) continue;
    hit.boosts.hits = boost;
    hit.score += boost;
  }
}

/** Takes the best hit again and again, each further one of a file at a growing discount. */
function spread(hits: readonly Scored[], demotion: number, limit: number): Scored[] {
  const rest = [...hits].sort((a, b) => b.score - a.score || a.id - b.id);
  const listed = new Map<string, number>();
  const chosen: Scored[] = [];
  const value = (hit: Scored): number => hit.score - demotion * (listed.get(hit.path) ?? 0);
  while (chosen.length < limit && rest.length > 0) {
    let at = 0;
    // Sorted by undiscounted score: once that falls below the best value so far, nothing later can win.
    for (let i = 1; i < rest.length && rest[i]!.score > value(rest[at]!); i++)
      if (value(rest[i]!) > value(rest[at]!)) at = i;
    const [hit] = rest.splice(at, 1) as [Scored];
    const discount = demotion * (listed.get(hit.path) ?? 0);
    chosen.push(
      discount > 0 ? { ...hit, score: hit.score - discount, boosts: { ...hit.boosts, 'same file': -discount } } : hit,
    );
    listed.set(hit.path, (listed.get(hit.path) ?? 0) + 1);
  }
  return chosen;
}

function nonZero(boosts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(boosts).filter(([, value]) => value !== 0));
}
