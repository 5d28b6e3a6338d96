/** An evaluation as the text of docs/ranking.md. Pure. */
import { FIELDS } from '../../src/core/lexical/fields.ts';
import { LEXICAL_WEIGHTS, RANKING } from '../../src/core/ranking/parameters.ts';
import { type Difference, RESAMPLES } from './bootstrap.ts';
import type { Evaluation, NamedDifference } from './evaluation.ts';
import { type Group, mean } from './scores.ts';

export interface ReportContext {
  /** Parameter → what it does. */
  readonly notes: ReadonlyMap<string, string>;
  readonly model: string;
}

export function rankingReport(evaluation: Evaluation, context: ReportContext): string {
  const parts = [
    heading(evaluation, context),
    figures(evaluation),
    ablation(evaluation),
    sinceCommitted(evaluation),
    parameters(context),
    method(),
  ];
  return `${parts.flat().join('\n\n')}\n`;
}

function heading({ groups }: Evaluation, { model }: ReportContext): string[] {
  const repositories = groups.repository ?? [];
  const questions = repositories.reduce((sum, group) => sum + group.questions, 0);
  return [
    '# Ranking',
    `Written by \`npm run eval -- --write\`: how well the shipped ranking answers ${questions} questions about ${repositories.length} open-source repositories, and what each part of it is worth. Vectors are those of ${model}; nothing reads the best hits a second time. Personal signals are off.`,
  ];
}

function figures({ overall, groups, fitted }: Evaluation): string[] {
  const rows: (readonly string[])[] = [
    ['mean over questions', number(overall)],
    ['mean over languages', number(mean((groups.language ?? []).map((group) => group.mean)))],
  ];
  if (fitted) {
    rows.push([
      'mean over questions, parameters fitted without the question’s repository',
      number(fitted.crossValidated),
    ]);
    rows.push(['mean over questions, parameters fitted to all of them (in sample)', number(fitted.mean)]);
  }
  const tables = Object.entries(groups).map(([key, each]) => groupTable(key, each));
  return ['## NDCG@10', table(['what', 'NDCG@10'], rows), ...tables];
}

function groupTable(key: string, groups: readonly Group[]): string {
  return table(
    [key, 'questions', 'NDCG@10'],
    groups.map(({ name, questions, mean: value }) => [name, String(questions), number(value)]),
  );
}

function ablation({ ablation: rows }: Evaluation): string[] {
  return [
    '## What each part is worth',
    'The ranking without one part, against the ranking as it ships. A negative difference says that the part helps; one whose interval holds 0 is not proven by these questions.',
    differences('ranking', 'NDCG@10', rows),
  ];
}

function sinceCommitted({ sinceCommitted: rows }: Evaluation): string[] {
  if (!rows) return ['## Against the last committed figures', 'There are no committed figures of these questions.'];
  return [
    '## Against the last committed figures',
    'This ranking against `docs/ranking-figures.json` as it was committed before. A language’s interval draws its questions, as it has one or two repositories: it says nothing about others.',
    differences('questions', 'NDCG@10 before', rows),
  ];
}

function differences(what: string, value: string, rows: readonly NamedDifference[]): string {
  return table(
    [what, value, 'difference', '95 % interval'],
    rows.map(({ name, mean: of, difference }) => [name, number(of), signed(difference.mean), interval(difference)]),
  );
}

function parameters({ notes }: ReportContext): string[] {
  return [
    '## Parameters',
    'All in `src/core/ranking/parameters.ts`.',
    table(
      ['parameter', 'value', 'what it does'],
      Object.entries(RANKING).map(([key, value]) => [`\`${key}\``, String(value), notes.get(key) ?? '']),
    ),
    `The lexical list is BM25F with k1 = ${LEXICAL_WEIGHTS.k1} over these fields:`,
    table(
      ['field', 'weight', 'length counts (b)'],
      FIELDS.map((field, i) => [field, String(LEXICAL_WEIGHTS.fields[i]), String(LEXICAL_WEIGHTS.b[i])]),
    ),
  ];
}

function method(): string[] {
  return [
    '## How it was made',
    `Every question’s candidates are gathered once, as the search gathers them; the ranking orders them and the first ten hits are held against the question’s wanted places (a file, or lines of one). Intervals are paired bootstraps of ${RESAMPLES} resamples that draw whole repositories, as questions about one repository rise and fall together; with so few of them the intervals are rough.`,
    'Fitting multiplies one parameter after the other by fixed factors and keeps what scores better. The cross-validated figure fits them anew for each repository on all the others. It fits parameters, not the choice of features, which were thought up with these repositories in sight.',
    '`npm run eval -- BENCH_DIR` prints these tables; `--tune` fits parameters too; `--write` does both and writes this file and `docs/ranking-figures.json`, the figures of each question that the next ranking is compared with.',
  ];
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const number = (value: number): string => value.toFixed(3);

export function signed(value: number): string {
  const digits = Math.abs(value).toFixed(3);
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? '−' : '+'}${digits}`;
}

const interval = ({ low, high }: Difference): string => `${signed(low)} … ${signed(high)}`;
