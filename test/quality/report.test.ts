import { describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/core/lexical/fields.ts';
import { RANKING } from '../../src/core/ranking/parameters.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import type { Evaluation, SuiteEvaluation } from './evaluation.ts';
import { byRepository, figuresText, fingerprint } from './figures.ts';
import { signed, table } from './markdown.ts';
import { parameterNotes, readParameterNotes } from './parameter-notes.ts';
import { rankingReport } from './report.ts';
import { variants } from './variants.ts';

describe('tables', () => {
  test('are Markdown, with bars escaped', () => {
    expect(table(['a', 'b'], [['x|y', '1']])).toBe('| a | b |\n| --- | --- |\n| x\\|y | 1 |');
  });

  test.each([
    [0.0123, '+0.012'],
    [-0.0123, '−0.012'],
    [0.0004, '0.000'],
    [-0.0004, '0.000'],
  ])('a difference of %s', (value, shown) => expect(signed(value)).toBe(shown));
});

describe('the report', () => {
  const difference = { mean: -0.02, low: -0.04, high: 0.001 };
  const row = { name: 'without `x`', mean: 0.7, difference };
  const benchmark: SuiteEvaluation = {
    suite: 'benchmark',
    questions: 3,
    repositories: 2,
    overall: 0.75,
    groups: {
      language: [
        { name: 'c', questions: 1, mean: 1 },
        { name: 'go', questions: 2, mean: 0.625 },
      ],
      category: [{ name: 'symbol', questions: 3, mean: 0.75 }],
    },
    ablation: [row],
    fitted: null,
  };
  const docs: SuiteEvaluation = {
    ...benchmark,
    suite: 'doc',
    overall: 0.4,
    groups: { language: [{ name: 'zig', questions: 3, mean: 0.4 }] },
    ablation: [{ ...row, mean: 0.35, difference: { mean: -0.05, low: -0.06, high: -0.04 } }],
  };
  const figures = { benchmark: '', mean: 0.75, crossValidated: null, ndcg: {} };
  const evaluation: Evaluation = { suites: [benchmark], fitted: null, sinceCommitted: null, figures };
  const context = { notes: new Map(), model: 'model-1' };

  test('shows figures, groups and differences', () => {
    const text = rankingReport(evaluation, context);
    expect(text).toContain('3 questions about 2 open-source repositories');
    expect(text).toContain('| mean over questions | 0.750 |');
    expect(text).toContain('| mean over languages | 0.813 |');
    expect(text).toContain('| go | 0.625 (2) |');
    expect(text).toContain('| without `x` | 0.700 | −0.020 | −0.040 … +0.001 |');
    expect(text).toContain('no committed figures');
  });

  test('shows what was measured on request', () => {
    const suites = [{ ...benchmark, fitted: 0.8 }];
    const fitted = { crossValidated: 0.7251, parameters: RANKING };
    const text = rankingReport({ ...evaluation, suites, fitted, sinceCommitted: [{ ...row, name: 'go' }] }, context);
    expect(text).toContain('| 0.725 |\n');
    expect(text).toContain('| 0.800 |\n');
    expect(text).toContain('| go | 0.700 | −0.020 |');
    expect(text).not.toContain('no committed figures');
  });

  test('shows questions made of documentation beside the benchmark, in the same tables', () => {
    const suites = [
      { ...benchmark, fitted: 0.8 },
      { ...docs, fitted: 0.45 },
    ];
    const text = rankingReport(
      { ...evaluation, suites, fitted: { crossValidated: 0.7251, parameters: RANKING } },
      context,
    );
    expect(text).toContain('3 docs of functions in 2 packages');
    expect(text).toContain('| mean over questions | 0.750 | 0.400 |');
    expect(text).toContain('question’s repository | 0.725 | – |');
    expect(text).toContain('in sample) | 0.800 | 0.450 |');
    expect(text).toContain('| go | 0.625 (2) | – |');
    expect(text).toContain('| zig | – | 0.400 (3) |');
    expect(text).toContain('| category | benchmark |');
    expect(text).toContain('| without `x` | 0.700 | −0.020 | −0.040 … +0.001 | 0.350 | −0.050 | −0.060 … −0.040 |');
    expect(text).toContain('benchmark 1, docs 0.5');
  });

  test('may be of those alone', () => {
    const text = rankingReport({ ...evaluation, suites: [docs], figures: null }, context);
    expect(text).toContain('| mean over questions | 0.400 |');
    expect(text).not.toContain('open-source repositories');
  });
});

describe('what is left out', () => {
  const names = variants().map(({ name }) => name);

  test('each lexical field, and nothing twice', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const field of FIELDS) expect(names).toContain(`without the lexical field ${field}`);
  });

  const parameters = Object.keys(RANKING).filter((key) => key !== 'semanticShare');
  test.each(parameters)('without %s nothing else differs', (key) => {
    const changed = variants().find(({ name }) => name === `without \`${key}\``)!;
    expect(changed.parameters).toEqual({ ...RANKING, [key]: 0 });
  });
});

describe('parameter notes', () => {
  test('are the doc comments, on one line', () => {
    const source =
      'export interface RankingParameters {\n  /** One. */\n  readonly a: number;\n  /**\n   * Two\n   * lines.\n   */\n  readonly b: number;\n}\n';
    expect([...parameterNotes(source)]).toEqual([
      ['a', 'One.'],
      ['b', 'Two lines.'],
    ]);
  });

  test.each(Object.keys(RANKING))('%s has one', (key) => {
    expect(readParameterNotes(INSTALL_DIR).get(key)).toMatch(/\.$/);
  });
});

describe('committed figures', () => {
  test('go by repository, four decimals, one repository a line', () => {
    const ndcg = byRepository(['b', 'a', 'b'], [0.123456, 1, 0]);
    expect(ndcg).toEqual({ b: [0.1235, 0], a: [1] });
    const text = figuresText({ benchmark: 'f', mean: 0.37449, crossValidated: null, ndcg });
    expect(text).toContain('\n    "b": [0.1235,0],\n    "a": [1]\n');
    expect(JSON.parse(text)).toEqual({ benchmark: 'f', mean: 0.3745, crossValidated: null, ndcg });
  });

  test('know other questions by their fingerprint', () => {
    const one = [{ name: 'a', language: 'go', folder: '/x', queries: [{ query: 'q', relevant: ['f.go'] }] }];
    const other = [{ ...one[0]!, queries: [{ query: 'q', relevant: ['g.go'] }] }];
    const elsewhere = [{ ...one[0]!, folder: '/y' }];
    expect(fingerprint(one)).not.toBe(fingerprint(other));
    expect(fingerprint(one)).toBe(fingerprint(elsewhere));
  });
});
