/** The benchmark's scores against those that are committed, of all questions and by language. */
import { type Difference, pairedDifference } from './bootstrap.ts';
import type { Figures } from './figures.ts';
import { type Asked, mean } from './scores.ts';

export interface NamedDifference {
  readonly name: string;
  /** Of what the shipped ranking is compared with. */
  readonly mean: number;
  readonly difference: Difference;
}

/** Of all questions, and of each language's: few repositories have the same, so that its questions are drawn instead. */
export function changes(asked: readonly Asked[], values: readonly number[], { ndcg }: Figures): NamedDifference[] {
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
