/**
 * `npm run tune -- BENCH_DIR`: coordinate search over the ranking's parameters, with leave-one-repository-out
 * cross-validation: for each repository the parameters are chosen on all others. Prints both figures; writes nothing.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type CandidateEvidence, evidenceOf } from '../../src/core/ranking/evidence.ts';
import { LEXICAL_WEIGHTS, RANKING, type RankingParameters } from '../../src/core/ranking/parameters.ts';
import { rankEvidence } from '../../src/core/ranking/rank.ts';
import { findInstallDir } from '../../src/engine/install-dir.ts';
import { ndcg, readBenchmark } from './benchmark.ts';
import { openCorpus, type Pool } from './pools.ts';

const [bench = join(homedir(), '.cache', 'kenning', 'bench'), installDir = findInstallDir(import.meta.dirname)] =
  process.argv.slice(2);
const FACTORS = [0, 0.5, 0.75, 1.25, 1.5, 2];
const corpus = await openCorpus(
  readBenchmark(bench),
  join(homedir(), '.cache', 'kenning', 'quality-index'),
  installDir,
);
const pools = await corpus.pools(LEXICAL_WEIGHTS);
await corpus.close();

const evidence = new Map<Pool, CandidateEvidence[]>(
  pools.map((pool) => [pool, evidenceOf(pool.candidates, pool.query)]),
);

const repositories = [...new Set(pools.map(({ repository }) => repository))];
console.log(`as committed: ${mean(score(pools, RANKING)).toFixed(4)}`);
for (const share of [0, 1]) {
  console.log(`semanticShare ${share}: ${mean(score(pools, { ...RANKING, semanticShare: share })).toFixed(4)}`);
}
for (const [repository, values] of groups(pools, score(pools, RANKING), ({ repository }) => repository)) {
  console.log(`  ${repository.padEnd(16)} ${mean(values).toFixed(3)}`);
}
for (const [category, values] of groups(pools, score(pools, RANKING), ({ question }) => question.category)) {
  console.log(`  ${category.padEnd(16)} ${mean(values).toFixed(3)}`);
}
for (const key of Object.keys(RANKING) as (keyof RankingParameters)[]) {
  const without = { ...RANKING, [key]: 0 };
  console.log(`  without ${key.padEnd(18)} ${mean(score(pools, without)).toFixed(4)}`);
}
if (process.env.QUICK) process.exit(0);
const fitted = search(pools, RANKING);
console.log(`fitted to all: ${mean(score(pools, fitted)).toFixed(4)} ${JSON.stringify(fitted)}`);
const held = repositories.flatMap((repository) => {
  const chosen = search(
    pools.filter((pool) => pool.repository !== repository),
    RANKING,
  );
  return score(
    pools.filter((pool) => pool.repository === repository),
    chosen,
  );
});
console.log(`leave one repository out: ${mean(held).toFixed(4)}`);

function score(some: readonly Pool[], parameters: RankingParameters): number[] {
  return some.map((pool) => {
    const hits = rankEvidence(evidence.get(pool)!, parameters, 10).map(({ id }) => pool.functions.get(id)!);
    return ndcg(hits, pool.question);
  });
}

/** Each repository counts the same, so that none with odd files decides. */
function search(some: readonly Pool[], start: RankingParameters): RankingParameters {
  let best = start;
  let bestScore = mean(score(some, best));
  for (let round = 0; round < 3; round++) {
    const before = bestScore;
    for (const key of Object.keys(start) as (keyof RankingParameters)[]) {
      for (const factor of FACTORS) {
        const tried = { ...best, [key]: round3(best[key] * factor) };
        const triedScore = mean(score(some, tried));
        if (triedScore > bestScore + 1e-6) [best, bestScore] = [tried, triedScore];
      }
    }
    if (bestScore - before < 0.0005) break;
  }
  return best;
}

function groups(
  some: readonly Pool[],
  values: readonly number[],
  keyOf: (pool: Pool) => string,
): Map<string, number[]> {
  const found = new Map<string, number[]>();
  some.forEach((pool, i) => {
    const key = keyOf(pool);
    found.set(key, [...(found.get(key) ?? []), values[i]!]);
  });
  return found;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
