/**
 * The figures that are committed: NDCG@10 of each question, by repository and place in its list, so that the next ranking
 * can be compared question by question. They hold no question's text and no path.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Repository } from './benchmark.ts';

export const FIGURES_FILE = 'docs/ranking-figures.json';

export interface Figures {
  /** Of the questions and their targets: figures of other questions cannot be compared. */
  readonly benchmark: string;
  /** Over all questions. */
  readonly mean: number;
  /** The same with each question ranked by parameters that were fitted to the other repositories; null: not measured. */
  readonly crossValidated: number | null;
  /** Repository → NDCG@10 of its questions in their order, four decimals. */
  readonly ndcg: Readonly<Record<string, readonly number[]>>;
}

export function fingerprint(repositories: readonly Repository[]): string {
  const asked = repositories.map(({ name, queries }) => [
    name,
    queries.map(({ query, relevant, secondary = [] }) => [query, relevant, secondary]),
  ]);
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}

/** `repositories` and `values` run in parallel, one element a question. */
export function byRepository(repositories: readonly string[], values: readonly number[]): Figures['ndcg'] {
  const groups = Map.groupBy(values.keys(), (i) => repositories[i]!);
  return Object.fromEntries([...groups].map(([name, at]) => [name, at.map((i) => round4(values[i]!))]));
}

/** One repository a line, so that a diff shows which changed. */
export function figuresText({ ndcg, ...rest }: Figures): string {
  const lines = Object.entries(ndcg).map(([name, values]) => `    ${JSON.stringify(name)}: ${JSON.stringify(values)}`);
  const head = Object.entries(rest).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(shown(value))},\n`,
  );
  return `{\n${head.join('')}  "ndcg": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** As in the last commit, whatever lies in the work tree: writing twice compares with the same. Null without any. */
export function committedFigures(checkout: string): Figures | null {
  const { status, stdout } = spawnSync('git', ['show', `HEAD:./${FIGURES_FILE}`], { cwd: checkout, encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Figures) : null;
}

function shown(value: string | number | null): string | number | null {
  return typeof value === 'number' ? round4(value) : value;
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
