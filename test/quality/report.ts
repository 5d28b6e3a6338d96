/** An evaluation as the text of docs/ranking.md. Pure. */
import type { NamedDifference } from './changes.ts';
import type { Evaluation, SuiteEvaluation } from './evaluation.ts';
import { interval, NONE, number, numberOrDash, signed, table } from './markdown.ts';
import type { Suite } from './pools.ts';
import { method, parameters, TITLES } from './report-notes.ts';
import { type Group, mean } from './scores.ts';

export interface ReportContext {
  /** Parameter → what it does. */
  readonly notes: ReadonlyMap<string, string>;
  readonly model: string;
}

/** What the questions of a suite are about. */
const ABOUT: Readonly<Record<Suite, (questions: number, repositories: number) => string>> = {
  benchmark: (questions, repositories) => `${questions} questions about ${repositories} open-source repositories`,
  doc: (questions, repositories) =>
    `${questions} docs of functions in ${repositories} packages that no student learnt from (the first sentence is asked and the doc taken out; wanted is the function)`,
  head: (questions, repositories) =>
    `${questions} first comments of files in ${repositories} of these packages (likewise; wanted is the file)`,
};

export function rankingReport(evaluation: Evaluation, context: ReportContext): string {
  const parts = [
    heading(evaluation, context),
    figures(evaluation),
    ablation(evaluation),
    sinceCommitted(evaluation),
    parameters(context.notes),
    method(evaluation.suites.map(({ suite }) => suite)),
  ];
  return `${parts.flat().join('\n\n')}\n`;
}

function heading({ suites }: Evaluation, { model }: ReportContext): string[] {
  const about = suites.map(({ suite, questions, repositories }) => ABOUT[suite](questions, repositories));
  return [
    '# Ranking',
    `Written by \`npm run eval -- --write\`: how well the shipped ranking answers ${about.join(', ')}, and what each part of it is worth. Vectors are those of ${model}; nothing reads the best hits a second time. Personal signals are off.`,
  ];
}

function figures({ suites, fitted }: Evaluation): string[] {
  const row = (name: string, figureOf: (suite: SuiteEvaluation) => number | null): string[] => [
    name,
    ...suites.map((each) => numberOrDash(figureOf(each))),
  ];
  const rows = [
    row('mean over questions', ({ overall }) => overall),
    row('mean over languages', ({ groups }) => mean((groups.language ?? []).map((group) => group.mean))),
  ];
  if (fitted) {
    const crossValidated = ({ suite }: SuiteEvaluation) => (suite === 'benchmark' ? fitted.crossValidated : null);
    rows.push(row('mean over questions, parameters fitted without the question’s repository', crossValidated));
    rows.push(row('mean over questions, parameters fitted to all of them (in sample)', (each) => each.fitted));
  }
  const keys = new Set(suites.flatMap(({ groups }) => Object.keys(groups)));
  return [
    '## NDCG@10',
    table(['what', ...titlesOf(suites)], rows),
    ...[...keys].map((key) => groupTable(key, suites)),
    'In brackets: how many questions.',
  ];
}

/** Of the suites that have such groups. */
function groupTable(key: string, suites: readonly SuiteEvaluation[]): string {
  const having = suites.filter(({ groups }) => groups[key]);
  const byName = having.map(({ groups }) => new Map(groups[key]!.map((group) => [group.name, group])));
  const names = [...new Set(byName.flatMap((groups) => [...groups.keys()]))].sort();
  return table(
    [key, ...titlesOf(having)],
    names.map((name) => [name, ...byName.map((groups) => groupCell(groups.get(name)))]),
  );
}

function groupCell(group: Group | undefined): string {
  return group ? `${number(group.mean)} (${group.questions})` : NONE;
}

function ablation({ suites }: Evaluation): string[] {
  const names = suites[0]?.ablation.map(({ name }) => name) ?? [];
  return [
    '## What each part is worth',
    'The ranking without one part, against the ranking as it ships: NDCG@10, difference, 95 % interval. A negative difference says that the part helps; one whose interval holds 0 is not proven by these questions.',
    table(
      ['ranking', ...titlesOf(suites).flatMap((title) => [title, 'difference', '95 % interval'])],
      names.map((name, i) => [name, ...suites.flatMap((each) => differenceCells(each.ablation[i]!))]),
    ),
  ];
}

function titlesOf(suites: readonly SuiteEvaluation[]): string[] {
  return suites.map(({ suite }) => TITLES[suite]);
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
    rows.map((row) => [row.name, ...differenceCells(row)]),
  );
}

function differenceCells({ mean: of, difference }: NamedDifference): string[] {
  return [number(of), signed(difference.mean), interval(difference)];
}
