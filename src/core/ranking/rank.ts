/**
 * Evidence → ranked hits: convex fusion of the two lists, evidence added to it, overloads and copies under one hit, and a
 * list that no single file fills.
 * Pure; the numbers are in `parameters.ts`.
 */
import { byPlace } from './by-place.ts';
import type { Candidate, RankedHit, RankingQuery } from './candidate.ts';
import { collapsed } from './collapse.ts';
import { type CandidateEvidence, evidenceOf } from './evidence.ts';
import { parametersFor, type RankingParameters } from './parameters.ts';

/** The best `limit` hits, best first. */
export function rank(
  candidates: readonly Candidate[],
  query: RankingQuery,
  parameters: RankingParameters,
  limit: number,
): RankedHit[] {
  return rankEvidence(evidenceOf(candidates, query), parametersFor(query.kind, parameters), limit);
}

export function rankEvidence(
  evidence: readonly CandidateEvidence[],
  parameters: RankingParameters,
  limit: number,
): RankedHit[] {
  const scored = evidence.map((each) => scoredBy(each, parameters));
  boostFilesWithMoreHits(scored, parameters.fileHitsBoost);
  boostNearFiles(scored, parameters.nearBoost);
  const sorted = scored.sort((a, b) => b.score - a.score || byPlace(a.evidence, b.evidence));
  const groups = collapsed(sorted, ({ evidence: { alike } }) => alike);
  const first = groups.map(([each]) => each!);
  return spread(first, parameters, limit).map((hit) => {
    const group = groups.find(([each]) => each!.evidence === hit.evidence)!;
    const also = group.slice(1).map((it) => it.evidence.id);
    return hitOf(hit, parameters, also);
  });
}

/** What is added is named for the hits that are shown alone: of hundreds, each has a few. */
interface Scored {
  readonly evidence: CandidateEvidence;
  score: number;
  hits: number;
  near: number;
  sameFile: number;
}

function scoredBy(evidence: CandidateEvidence, parameters: RankingParameters): Scored {
  let score = parameters.semanticShare * evidence.semantic + (1 - parameters.semanticShare) * evidence.lexical;
  visitBoosts(evidence, parameters, (_, amount) => {
    score += amount;
  });
  return { evidence, score, hits: 0, near: 0, sameFile: 0 };
}

/** Those of the candidate alone. */
function visitBoosts(
  evidence: CandidateEvidence,
  parameters: RankingParameters,
  visit: (name: string, amount: number) => void,
): void {
  visit('name', parameters.nameBoost * evidence.name);
  visit('name words', parameters.nameWordsBoost * evidence.nameWords);
  visit('definition', parameters.definitionBoost * evidence.definition);
  visit('file', parameters.fileNameBoost * evidence.file);
  visit('folder', parameters.folderBoost * evidence.folder);
  visit('internal', -parameters.internalDemotion * evidence.internal);
  visit('platform', -parameters.platformDemotion * evidence.platform);
  if (evidence.aside) visit(evidence.aside, -parameters.asideDemotion);
}

function boostFilesWithMoreHits(hits: Scored[], weight: number): void {
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0);
  if (best <= 0 || weight === 0) return;
  const shareOf = ({ score }: Scored): number => Math.max(0, score) / best;
  const sums = new Map<string, number>();
  for (const hit of hits) sums.set(hit.evidence.path, (sums.get(hit.evidence.path) ?? 0) + shareOf(hit));
  for (const hit of hits) {
    const others = Math.max(0, sums.get(hit.evidence.path)! - shareOf(hit));
    const amount = weight * hit.evidence.fileMeaning * Math.log1p(others);
    if (amount <= 1e-9) continue;
    hit.hits = amount;
    hit.score += amount;
  }
}

/** Last, so that it changes no score but those of these files, and no other boost. */
function boostNearFiles(hits: Scored[], weight: number): void {
  for (const hit of hits) {
    hit.near = weight * hit.evidence.near;
    hit.score += hit.near;
  }
}

/** Takes the best hit again and again, each further one of a file at a growing discount. `hits`: best first. */
function spread(hits: readonly Scored[], parameters: RankingParameters, limit: number): Scored[] {
  const rest = [...hits];
  const listed = new Map<string, number>();
  const chosen: Scored[] = [];
  const discountOf = (hit: Scored): number => discount(hit, listed.get(hit.evidence.path) ?? 0, parameters);
  while (chosen.length < limit && rest.length > 0) {
    let at = 0;
    let value = rest[0]!.score - discountOf(rest[0]!);
    // Sorted by undiscounted score: once that falls below the best value so far, nothing later can win.
    for (let i = 1; i < rest.length && rest[i]!.score > value; i++) {
      const other = rest[i]!.score - discountOf(rest[i]!);
      if (other > value) [at, value] = [i, other];
    }
    const [hit] = rest.splice(at, 1) as [Scored];
    const amount = value - hit.score;
    chosen.push(amount < 0 ? { ...hit, score: value, sameFile: amount } : hit);
    listed.set(hit.evidence.path, (listed.get(hit.evidence.path) ?? 0) + 1);
  }
  return chosen;
}

/** `listed`: how many hits of its file are listed already. */
function discount({ hits }: Scored, listed: number, parameters: RankingParameters): number {
  return listed === 0 ? 0 : parameters.shownFileDemotion * hits + parameters.sameFileDemotion * listed;
}

function hitOf(hit: Scored, parameters: RankingParameters, also: readonly number[]): RankedHit {
  const { id, semantic, lexical } = hit.evidence;
  const boosts: Record<string, number> = {};
  const add = (name: string, amount: number): void => {
    if (amount !== 0) boosts[name] = amount;
  };
  visitBoosts(hit.evidence, parameters, add);
  add('hits', hit.hits);
  add('near', hit.near);
  add('same file', hit.sameFile);
  return { id, score: hit.score, semantic, lexical, boosts, also };
}
