/** Everything that `npm run eval` measures, as data. */
import { RANKING, type RankingParameters } from '../../src/core/ranking/parameters.ts';
import type { Repository } from './benchmark.ts';
import { pairedDifference } from './bootstrap.ts';
import { changes, type NamedDifference } from './changes.ts';
import { byRepository, type Figures, fingerprint } from './figures.ts';
import { type Corpus, PROPOSING, type Suite } from './pools.ts';
import { type Asked, ask, type Group, groupMeans, mean, scoresOf, scoresWith } from './scores.ts';
import { type Fitted, fitted } from './tuning.ts';
import { type Variant, variants } from './variants.ts';

export interface SuiteEvaluation {
  readonly suite: Suite;
  readonly questions: number;
  readonly repositories: number;
  /** Mean over all questions. */
  readonly overall: number;
  /** By what the questions are grouped → the groups. */
  readonly groups: Readonly<Record<string, readonly Group[]>>;
  /** What the ranking gains or loses when one thing is left out: the same things in the same order in every suite. */
  readonly ablation: readonly NamedDifference[];
  /** Mean with the parameters fitted to all suites; null unless asked for. */
  readonly fitted: number | null;
}

export interface Evaluation {
  /** Those that there are questions of. */
  readonly suites: readonly SuiteEvaluation[];
  /** Null unless asked for; `crossValidated`: of the benchmark, null without it. */
  readonly fitted: { readonly crossValidated: number | null; readonly parameters: RankingParameters } | null;
  /** Null where there are no committed figures, or only of other questions. */
  readonly sinceCommitted: readonly NamedDifference[] | null;
  /** Of the benchmark; null without it. */
  readonly figures: Figures | null;
}

type Grouping = Readonly<Record<string, (asked: Asked) => string>>;

/** Keys of `SuiteEvaluation.groups`, and what a question's group is; where all questions are '', there is no such group. */
const GROUPINGS: Grouping = {
  language: ({ language }) => language,
  // What the search itself takes the question for.
  class: ({ query }) => query.kind,
};
const BENCHMARK_GROUPINGS: Grouping = {
  ...GROUPINGS,
  category: ({ question }) => question.category ?? '',
  repository: ({ repository }) => repository,
};
const SUITES: readonly Suite[] = ['benchmark', 'doc', 'head'];

/** `committed`: figures to compare with; `isFitted`: also fit and cross-validate, which takes minutes. */
export async function evaluate(
  corpus: Corpus,
  repositories: readonly Repository[],
  { committed, isFitted }: { readonly committed: Figures | null; readonly isFitted: boolean },
): Promise<Evaluation> {
  const asked = await ask(corpus);
  const scored: Scored = {
    asked,
    values: scoresOf(asked, RANKING),
    others: await variantScores(corpus, asked),
    fitted: isFitted ? fitted(asked) : null,
  };
  const parts = SUITES.map((suite) => [suite, partOf(scored, suite)] as const).filter(
    ([, { asked: its }]) => its.length,
  );
  return {
    suites: parts.map(([suite, part]) => suiteEvaluation(suite, part)),
    fitted: scored.fitted,
    ...benchmarkFigures(partOf(scored, 'benchmark'), repositories, committed),
  };
}

/** Questions, and lists that run parallel to them. */
interface Scored {
  readonly asked: readonly Asked[];
  readonly values: readonly number[];
  readonly others: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly fitted: Fitted | null;
}

/** Other words and weights propose other candidates; other parameters rank the same ones. */
async function variantScores(corpus: Corpus, asked: readonly Asked[]): Promise<Scored['others']> {
  const valuesOf = async ({ proposing, parameters }: Variant): Promise<number[]> =>
    proposing === PROPOSING ? scoresOf(asked, parameters) : scoresWith(corpus, proposing, parameters);
  const others: { name: string; values: number[] }[] = [];
  for (const variant of variants()) others.push({ name: variant.name, values: await valuesOf(variant) });
  return others;
}

function partOf({ asked, values, others, fitted: best }: Scored, suite: Suite): Scored {
  const isIts = (_: unknown, i: number): boolean => asked[i]!.suite === suite;
  return {
    asked: asked.filter(isIts),
    values: values.filter(isIts),
    others: others.map((other) => ({ ...other, values: other.values.filter(isIts) })),
    fitted: best && { ...best, scores: best.scores.filter(isIts) },
  };
}

function suiteEvaluation(suite: Suite, { asked, values, others, fitted: best }: Scored): SuiteEvaluation {
  const clusters = asked.map(({ repository }) => repository);
  return {
    suite,
    questions: asked.length,
    repositories: new Set(clusters).size,
    overall: mean(values),
    groups: groupsOf(asked, values, suite === 'benchmark' ? BENCHMARK_GROUPINGS : GROUPINGS),
    ablation: others.map((other) => ({
      name: other.name,
      mean: mean(other.values),
      difference: pairedDifference(values, other.values, clusters),
    })),
    fitted: best && mean(best.scores),
  };
}

function groupsOf(asked: readonly Asked[], values: readonly number[], groupings: Grouping): SuiteEvaluation['groups'] {
  const all = Object.entries(groupings).map(([key, nameOf]) => [key, groupMeans(asked.map(nameOf), values)] as const);
  return Object.fromEntries(all.filter(([, groups]) => groups.some(({ name }) => name !== '')));
}

function benchmarkFigures(
  { asked, values, fitted: best }: Scored,
  repositories: readonly Repository[],
  committed: Figures | null,
): Pick<Evaluation, 'figures' | 'sinceCommitted'> {
  if (asked.length === 0) return { figures: null, sinceCommitted: null };
  const benchmark = fingerprint(repositories);
  const ndcg = byRepository(
    asked.map(({ repository }) => repository),
    values,
  );
  return {
    figures: { benchmark, mean: mean(values), crossValidated: best?.crossValidated ?? null, ndcg },
    sinceCommitted: committed?.benchmark === benchmark ? changes(asked, values, committed) : null,
  };
}
