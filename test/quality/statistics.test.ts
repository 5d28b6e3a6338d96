/** Means, intervals and fitting: the parts of the evaluation that any question's figures go through. */
import { describe, expect, test } from 'vitest';
import { pairedDifference } from './bootstrap.ts';
import { crossValidated, fitParameters } from './fit.ts';
import type { Suite } from './pools.ts';
import { groupMeans, mean } from './scores.ts';
import { FOLD_QUESTIONS, objectiveOf, thinned } from './tuning.ts';

describe('groupMeans', () => {
  test('counts and averages each group, by name', () => {
    expect(groupMeans(['go', 'c', 'go'], [0.5, 1, 0])).toEqual([
      { name: 'c', questions: 1, mean: 1 },
      { name: 'go', questions: 2, mean: 0.25 },
    ]);
  });

  test.each([
    [[], 0],
    [[0.25, 0.75], 0.5],
  ])('mean of %j', (values, expected) => expect(mean(values)).toBe(expected));
});

describe('pairedDifference', () => {
  const clusters = Array.from({ length: 40 }, (_, i) => `repository ${Math.floor(i / 4)}`);
  const zeros = clusters.map(() => 0);

  test('of equal rankings is nothing, for sure', () => {
    expect(pairedDifference(zeros, zeros, clusters)).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('that every repository shows is sure', () => {
    const same = zeros.map((_, i) => (i % 4) / 10);
    const { mean: of, low, high } = pairedDifference(zeros, same, clusters);
    expect([of, low, high].map((value) => value.toFixed(6))).toEqual(['0.150000', '0.150000', '0.150000']);
  });

  test('that one repository alone makes may be nothing', () => {
    const one = zeros.map((_, i) => (i < 4 ? 1 : 0));
    const { mean: of, low, high } = pairedDifference(zeros, one, clusters);
    expect(of).toBeCloseTo(0.1, 10);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(0.2);
  });

  test('questions of one repository count as one piece of evidence', () => {
    const mixed = zeros.map((_, i) => (Math.floor(i / 4) % 2 === 0 ? 0.4 : -0.2));
    const width = (names: readonly string[]): number => {
      const { low, high } = pairedDifference(zeros, mixed, names);
      return high - low;
    };
    expect(width(clusters)).toBeGreaterThan(1.5 * width(clusters.map((_, i) => String(i))));
  });

  test('weighs repositories by their questions', () => {
    expect(pairedDifference([0, 0, 0], [1, 1, 0], ['a', 'a', 'b']).mean).toBeCloseTo(2 / 3, 10);
  });

  test('gives the same interval every time', () => {
    const values = zeros.map((_, i) => Math.sin(i));
    expect(pairedDifference(zeros, values, clusters)).toEqual(pairedDifference(zeros, values, clusters));
  });
});

describe('fitting', () => {
  test('finds the better value of each parameter', () => {
    const fitted = fitParameters({ a: 1, b: 1 }, ({ a, b }) => -Math.abs(a - 2) - Math.abs(b - 0.5));
    expect(fitted).toEqual({ a: 2, b: 0.5 });
  });

  test('keeps what nothing improves', () => {
    expect(fitParameters({ a: 1 }, () => 0.5)).toEqual({ a: 1 });
  });

  test('cross-validation scores a group by what the others chose', () => {
    // The first group is best at 2, the others at 0.5; no group sees its own wish when it is scored.
    const wishes = [2, 0.5, 0.5];
    const held = crossValidated({ a: 1 }, ['x', 'y', 'z'], ({ a }) => wishes.map((wish) => 1 - Math.abs(a - wish)));
    expect(held[0]).toBe(-0.5);
  });

  test('questions without a group are fitted to and never held out', () => {
    const seen = new Set<number>();
    const held = crossValidated(
      { a: 1 },
      ['x', null],
      ({ a }) => [a, 1 - Math.abs(a - 2)],
      (values, counts) => {
        values.forEach((_, i) => {
          if (counts(i)) seen.add(i);
        });
        return values.reduce((sum, value, i) => sum + (counts(i) ? value : 0), 0);
      },
    );
    expect(held).toEqual([2, 0]);
    expect([...seen]).toEqual([1]);
  });
});

describe('what is fitted to', () => {
  const objective = objectiveOf(['benchmark', 'benchmark', 'doc', 'doc', 'doc', 'doc', 'head']);
  const values = [1, 0.5, 0, 0, 0, 0.4, 0.5];

  test('is the mean of the three means, docs and heads at half weight', () => {
    expect(objective(values, () => true)).toBeCloseTo((0.75 + 0.1 / 2 + 0.5 / 2) / 2, 10);
  });

  test.each([
    ['without the first question', (i: number) => i > 0, (0.5 + 0.1 / 2 + 0.5 / 2) / 2],
    ['of one suite alone', (i: number) => i < 2, 0.75],
    ['without the benchmark', (i: number) => i >= 2, (0.1 + 0.5) / 2],
    ['of nothing', () => false, 0],
  ])('%s', (_, counts, expected) => expect(objective(values, counts)).toBeCloseTo(expected, 10));

  test.each([
    ['benchmark', 5 * FOLD_QUESTIONS, 5 * FOLD_QUESTIONS],
    ['doc', FOLD_QUESTIONS, FOLD_QUESTIONS],
    ['doc', FOLD_QUESTIONS + 1, FOLD_QUESTIONS / 2 + 1],
    ['head', 5 * FOLD_QUESTIONS, FOLD_QUESTIONS],
  ] as const)('cross-validation takes of %s %i questions %i', (suite: Suite, count, expected) => {
    expect(thinned(Array.from({ length: count }, () => ({ suite })))).toHaveLength(expected);
  });
});
