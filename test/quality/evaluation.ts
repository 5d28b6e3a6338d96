/** Everything that `npm run eval` measures, as data. */
import { LEXICAL_WEIGHTS, RANKING, type RankingParameters } from '../../src/core/ranking/parameters.ts';
import type { Repository } from './benchmark.ts';
import { type Difference, pairedDifference } from './bootstrap.ts';
import { byRepository, type Figures, fingerprint } from './figures.ts';
import { crossValidated, fit } from './fit.ts';
import type { Corpus } from './pools.ts';
import { type Asked, ask, type Group, groupMeans, mean, scoresOf } from './scores.ts';
import { type Variant, variants } from './variants.ts';

export interface NamedDifference {
  readonly name: string;
  /** Of what the shipped ranking is compared with. */
  readonly mean: number;
  readonly difference: Difference;
}

export interface Evaluation {
  /** Mean over all questions. */
  readonly overall: number;
  /** By what the questions are grouped → the groups. */
  readonly groups: Readonly<Record<string, readonly Group[]>>;
  /** What the ranking gains or loses when one thing is left out. */
  readonly ablation: readonly NamedDifference[];
  /** Null unless asked for. */
  readonly fitted: {
    readonly crossValidated: number;
    readonly parameters: RankingParameters;
    readonly mean: number;
  } | null;
  /** Null where there are no committed figures, or only of other questions. */
  readonly sinceCommitted: readonly NamedDifference[] | null;
  readonly figures: Figures;
}

/** Keys of `Evaluation.groups`, and what a question's group is; where all questions are '', there is no such group. */
const GROUPINGS: Readonly<Record<string, (asked: Asked) => string>> = {
  language: ({ language }) => language,
  category: ({ question }) => question.category ?? '',
  // What the search itself takes the question for.
  class: ({ query }) => ('class' in query ? String(query.class) : ''),
  repository: ({ repository }) => repository,
};

/** `committed`: figures to compare with; `isFitted`: also cross-validate, which takes minutes. */
export async function evaluate(
  corpus: Corpus,
  repositories: readonly Repository[],
  { committed, isFitted }: { readonly committed: Figures | null; readonly isFitted: boolean },
): Promise<Evaluation> {
  const asked = await ask(corpus, LEXICAL_WEIGHTS);
  const names = asked.map(({ repository }) => repository);
  const values = scoresOf(asked, RANKING);
  const benchmark = fingerprint(repositories);
  const fitted = isFitted ? fittedTo(asked, names) : null;
  return {
    overall: mean(values),
    groups: groupsOf(asked, values),
    ablation: await ablation(corpus, asked, values),
    fitted,
    sinceCommitted: committed?.benchmark === benchmark ? changes(asked, values, committed) : null,
    figures: {
      benchmark,
      mean: mean(values),
      crossValidated: fitted?.crossValidated ?? null,
      ndcg: byRepository(names, values),
    },
  };
}

function groupsOf(asked: readonly Asked[], values: readonly number[]): Evaluation['groups'] {
  const all = Object.entries(GROUPINGS).map(([key, nameOf]) => [key, groupMeans(asked.map(nameOf), values)] as const);
  return Object.fromEntries(all.filter(([, groups]) => groups.some(({ name }) => name !== '')));
}

async function ablation(
  corpus: Corpus,
  asked: readonly Asked[],
  values: readonly number[],
): Promise<NamedDifference[]> {
  const clusters = asked.map(({ repository }) => repository);
  const found: NamedDifference[] = [];
  for (const variant of variants()) {
    const others = scoresOf(await askedBy(variant, corpus, asked), variant.parameters);
    found.push({ name: variant.name, mean: mean(others), difference: pairedDifference(values, others, clusters) });
  }
  return found;
}

/** Other lexical weights propose other candidates; other parameters rank the same ones. */
async function askedBy({ weights }: Variant, corpus: Corpus, asked: readonly Asked[]): Promise<readonly Asked[]> {
  return weights === LEXICAL_WEIGHTS ? asked : ask(corpus, weights);
}

/** Of all questions, and of each language's: few repositories have the same, so that its questions are drawn instead. */
function changes(asked: readonly Asked[], values: readonly number[], { ndcg }: Figures): NamedDifference[] {
  const before = committedValues(asked, ndcg);
  const row = (name: string, at: readonly number[], clusterOf: (i: number) => string): NamedDifference => {
    const from = at.map((i) => before[i]!);
    const to = at.map((i) => values[i]!);
    return { name, mean: mean(from), difference: pairedDifference(from, to, at.map(clusterOf)) };
  };
  const languages = [...Map.groupBy(asked.keys(), (i) => asked[i]!.language)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    row('all questions', [...asked.keys()], (i) => asked[i]!.repository),
    ...languages.map(([name, at]) => row(name, at, String)),
  ];
}

/** Questions of a repository stand in the same order here and there. */
function committedValues(asked: readonly Asked[], ndcg: Figures['ndcg']): number[] {
  const rest = new Map(Object.entries(ndcg).map(([name, values]) => [name, values.values()]));
  return asked.map(({ repository }) => rest.get(repository)!.next().value!);
}

function fittedTo(asked: readonly Asked[], names: readonly string[]): Evaluation['fitted'] {
  const valuesOf = (parameters: RankingParameters): number[] => scoresOf(asked, parameters);
  const parameters = fit(RANKING, (tried) => mean(valuesOf(tried)));
  return {
    crossValidated: mean(crossValidated(RANKING, names, valuesOf)),
    parameters,
    mean: mean(valuesOf(parameters)),
  };
}
