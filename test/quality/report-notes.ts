/** What the report says about the ranking's numbers and about how figures come about. Pure. */
import { FIELDS } from '../../src/core/lexical/fields.ts';
import { LEXICAL_WEIGHTS, RANKING } from '../../src/core/ranking/parameters.ts';
import { RESAMPLES } from './bootstrap.ts';
import { table } from './markdown.ts';
import type { Suite } from './pools.ts';
import { FOLD_QUESTIONS, SUITE_WEIGHTS } from './tuning.ts';

/** Columns' titles. */
export const TITLES: Readonly<Record<Suite, string>> = { benchmark: 'benchmark', doc: 'docs', head: 'heads' };

export function parameters(notes: ReadonlyMap<string, string>): string[] {
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

export function method(suites: readonly Suite[]): string[] {
  return [
    '## How it was made',
    `Every question’s candidates are gathered once, as the search gathers them; the ranking orders them and the first ten hits are held against the question’s wanted places (a file, or lines of one). Intervals are paired bootstraps of ${RESAMPLES} resamples that draw whole repositories, as questions about one repository rise and fall together; with so few of them the intervals are rough.`,
    `Fitting multiplies one parameter after the other by fixed factors and keeps what scores better${suites.length > 1 ? `, in the mean of the columns’ means (weights: ${suites.map((suite) => `${TITLES[suite]} ${SUITE_WEIGHTS[suite]}`).join(', ')})` : ''}. The cross-validated figure fits them anew for each of the benchmark’s repositories on all the others${suites.length > 1 ? ` and on at most ${FOLD_QUESTIONS} questions of each other column` : ''}. It fits parameters, not the choice of features, which were thought up with these repositories in sight.`,
    '`npm run eval -- BENCH_DIR` prints these tables; `--questions DIR` adds questions made of documentation (`python -m kenning_training questions`), `--no-benchmark` leaves the benchmark out; `--tune` fits parameters too; `--write` does it all and writes this file and `docs/ranking-figures.json`, the figures of each of the benchmark’s questions that the next ranking is compared with.',
  ];
}
