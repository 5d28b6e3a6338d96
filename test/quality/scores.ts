/** NDCG@10 of every question under any parameters, from candidates gathered once; and means over groups of questions. */
import { type CandidateEvidence, evidenceOf } from '../../src/core/ranking/evidence.ts';
import { parametersFor, type RankingParameters } from '../../src/core/ranking/parameters.ts';
import { rankEvidence } from '../../src/core/ranking/rank.ts';
import { ndcg } from './benchmark.ts';
import { type Corpus, type Pool, PROPOSING, type Proposing } from './pools.ts';

const DEPTH = 10;

export interface Asked extends Pool {
  readonly evidence: readonly CandidateEvidence[];
}

export async function ask(corpus: Corpus): Promise<Asked[]> {
  const asked: Asked[] = [];
  for await (const pools of corpus.pools(PROPOSING)) asked.push(...pools.map(withEvidence));
  return asked;
}

/** One score for each question, in the questions' order. */
export function scoresOf(asked: readonly Asked[], parameters: RankingParameters): number[] {
  return asked.map((each) => scoreOf(each, parameters));
}

/** The same of other candidates, of which no more than one repository's are held at a time. */
export async function scoresWith(
  corpus: Corpus,
  proposing: Proposing,
  parameters: RankingParameters,
): Promise<number[]> {
  const scores: number[] = [];
  for await (const pools of corpus.pools(proposing))
    scores.push(...pools.map((pool) => scoreOf(withEvidence(pool), parameters)));
  return scores;
}

function withEvidence(pool: Pool): Asked {
  return { ...pool, evidence: evidenceOf(pool.candidates, pool.query) };
}

function scoreOf({ evidence, functions, question, query }: Asked, parameters: RankingParameters): number {
  const ranked = rankEvidence(evidence, parametersFor(query.kind, parameters), DEPTH);
  return ndcg(
    ranked.map(({ id }) => functions.get(id)!),
    question,
  );
}

export interface Group {
  readonly name: string;
  readonly questions: number;
  readonly mean: number;
}

/** `names` and `values` run in parallel; sorted by name. */
export function groupMeans(names: readonly string[], values: readonly number[]): Group[] {
  const groups = Map.groupBy(values.keys(), (i) => names[i]!);
  return [...groups]
    .map(([name, at]) => ({ name, questions: at.length, mean: mean(at.map((i) => values[i]!)) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
