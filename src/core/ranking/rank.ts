/**
 * Evidence → ranked hits: convex fusion of the two lists, evidence added to it, and a list that no single file fills.
 * Pure; the numbers are in `parameters.ts`.
 */
import type { Candidate, RankedHit, RankingQuery } from './candidate.ts';
import { type CandidateEvidence, evidenceOf } from './evidence.ts';
import type { RankingParameters } from './parameters.ts';

/** The best `limit` hits, best first. */
export function rank(
  candidates: readonly Candidate[],
  query: RankingQuery,
  parameters: RankingParameters,
  limit: number,
): RankedHit[] {
  return rankEvidence(evidenceOf(candidates, query), parameters, limit);
}

export function rankEvidence(
  evidence: readonly CandidateEvidence[],
  parameters: RankingParameters,
  limit: number,
): RankedHit[] {
  const scored = evidence.map((each): Scored => {
    const boosts = boostsOf(each, parameters);
    const fused = parameters.semanticShare * each.semantic + (1 - parameters.semanticShare) * each.lexical;
    return { evidence: each, boosts, score: boosts.reduce((sum, { amount }) => sum + amount, fused) };
  });
  boostFilesWithMoreHits(scored, parameters.fileHitsBoost);
  return spread(scored, parameters.sameFileDemotion, limit).map(hitOf);
}

interface Boost {
  readonly name: string;
  readonly amount: number;
}

interface Scored {
  readonly evidence: CandidateEvidence;
  readonly boosts: Boost[];
  score: number;
}

function boostsOf(evidence: CandidateEvidence, parameters: RankingParameters): Boost[] {
  const boosts: Boost[] = [
    { name: 'name', amount: parameters.nameBoost * evidence.name },
    { name: 'file', amount: parameters.fileNameBoost * evidence.file },
    { name: 'folder', amount: parameters.folderBoost * evidence.folder },
    { name: 'internal', amount: -parameters.internalDemotion * evidence.internal },
    { name: 'module', amount: -parameters.moduleDemotion * evidence.module },
    { name: evidence.aside ?? '', amount: evidence.aside ? -parameters.asideDemotion : 0 },
  ];
  return boosts.filter(({ amount }) => amount !== 0);
}

function boostFilesWithMoreHits(hits: Scored[], weight: number): void {
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0);
  if (best <= 0 || weight === 0) return;
  const shareOf = ({ score }: Scored): number => Math.max(0, score) / best;
  const sums = new Map<string, number>();
  for (const hit of hits) sums.set(hit.evidence.path, (sums.get(hit.evidence.path) ?? 0) + shareOf(hit));
  for (const hit of hits) {
    const amount = weight * Math.log1p(sums.get(hit.evidence.path)! - shareOf(hit));
    if (amount <= 1e-9) continue;
    hit.boosts.push({ name: 'hits', amount });
    hit.score += amount;
  }
}

/** Takes the best hit again and again, each further one of a file at a growing discount. */
function spread(hits: readonly Scored[], demotion: number, limit: number): Scored[] {
  const rest = [...hits].sort((a, b) => b.score - a.score || a.evidence.id - b.evidence.id);
  const listed = new Map<string, number>();
  const chosen: Scored[] = [];
  const discountOf = ({ evidence }: Scored): number => demotion * (listed.get(evidence.path) ?? 0);
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
    chosen.push(amount < 0 ? { ...hit, score: value, boosts: [...hit.boosts, { name: 'same file', amount }] } : hit);
    listed.set(hit.evidence.path, (listed.get(hit.evidence.path) ?? 0) + 1);
  }
  return chosen;
}

function hitOf({ evidence, boosts, score }: Scored): RankedHit {
  const { id, semantic, lexical } = evidence;
  return { id, score, semantic, lexical, boosts: Object.fromEntries(boosts.map(({ name, amount }) => [name, amount])) };
}
