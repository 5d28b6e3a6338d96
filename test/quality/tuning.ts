/** The ranking's parameters fitted to the questions at hand, and what that is worth on repositories not fitted to. */
import { RANKING, type RankingParameters } from '../../src/core/ranking/parameters.ts';
import { crossValidated, fitParameters, type Objective } from './fit.ts';
import type { Suite } from './pools.ts';
import { type Asked, mean, scoresOf } from './scores.ts';

/** What a suite's mean counts: both kinds of made questions together as much as the benchmark. */
export const SUITE_WEIGHTS: Readonly<Record<Suite, number>> = { benchmark: 1, doc: 0.5, head: 0.5 };

export interface Fitted {
  readonly parameters: RankingParameters;
  /** One score for each question, in the questions' order. */
  readonly scores: readonly number[];
  /** Over the benchmark's questions, each repository's by parameters fitted to all the rest; null without the benchmark. */
  readonly crossValidated: number | null;
}

/** Of each kind of made questions cross-validation fits to so many, as it fits once for each repository. */
export const FOLD_QUESTIONS = 200;

export function fitted(asked: readonly Asked[]): Fitted {
  const objective = objectiveOf(asked.map(({ suite }) => suite));
  const parameters = fitParameters(RANKING, (tried) => objective(scoresOf(asked, tried), () => true));
  return { parameters, scores: scoresOf(asked, parameters), crossValidated: crossValidatedMean(thinned(asked)) };
}

function crossValidatedMean(asked: readonly Asked[]): number | null {
  const groups = asked.map(({ suite, repository }) => (suite === 'benchmark' ? repository : null));
  if (groups.every((group) => group === null)) return null;
  const objective = objectiveOf(asked.map(({ suite }) => suite));
  const held = crossValidated(RANKING, groups, (tried) => scoresOf(asked, tried), objective);
  return mean(held.filter((_, i) => groups[i] !== null));
}

/** The benchmark's questions, and of every other suite each nth so that at most `FOLD_QUESTIONS` stay. */
export function thinned<Q extends { readonly suite: Suite }>(asked: readonly Q[]): Q[] {
  const bySuite = Map.groupBy(asked, ({ suite }) => suite);
  return [...bySuite].flatMap(([suite, its]) => {
    const step = suite === 'benchmark' ? 1 : Math.ceil(its.length / FOLD_QUESTIONS);
    return its.filter((_, i) => i % step === 0);
  });
}

/** The weighted mean of the suites' means. `suites`: one a question. */
export function objectiveOf(suites: readonly Suite[]): Objective {
  const places = [...Map.groupBy(suites.keys(), (i) => suites[i]!)];
  return (values, counts) => {
    let sum = 0;
    let weights = 0;
    for (const [suite, at] of places) {
      const counted = at.filter(counts);
      if (counted.length === 0) continue;
      sum += SUITE_WEIGHTS[suite] * mean(counted.map((i) => values[i]!));
      weights += SUITE_WEIGHTS[suite];
    }
    return weights === 0 ? 0 : sum / weights;
  };
}
