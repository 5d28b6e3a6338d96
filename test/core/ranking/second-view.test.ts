/** A second view moves hits among themselves only, and says what it did. */
import { describe, expect, test } from 'vitest';
import type { RankedHit } from '../../../src/core/ranking/candidate.ts';
import { withSecondView } from '../../../src/core/ranking/second-view.ts';

const hit = (id: number, score: number): RankedHit => ({
  id,
  score,
  semantic: 0,
  lexical: 0,
  boosts: { name: 0.1 },
  also: [],
});
const HITS = [hit(1, 1.4), hit(2, 1), hit(3, 0.4)];

const CASES: readonly [string, readonly (readonly [number, number])[], number, readonly number[]][] = [
  ['no view at all', [], 0.5, [1, 2, 3]],
  ['a share of nothing', [[3, 1]], 0, [1, 2, 3]],
  [
    'the last is the best',
    [
      [1, 0],
      [2, 0],
      [3, 1],
    ],
    0.9,
    [3, 1, 2],
  ],
  [
    'even shares',
    [
      [1, 0.1],
      [2, 0.9],
      [3, 0.2],
    ],
    0.5,
    [2, 1, 3],
  ],
  [
    'a hit without a view keeps its score',
    [
      [1, 0.1],
      [3, 1],
    ],
    0.5,
    [2, 1, 3],
  ],
  [
    'equals keep their order',
    [
      [1, 0.5],
      [2, 0.5],
      [3, 0.5],
    ],
    1,
    [1, 2, 3],
  ],
];

describe('a second view', () => {
  test.each(CASES)('%s', (_, relevance, share, order) => {
    const seen = withSecondView(HITS, new Map(relevance), share);
    expect(seen.map(({ id }) => id)).toEqual(order);
    for (const { id, score, boosts } of seen) {
      expect(score).toBeGreaterThanOrEqual(0.4);
      expect(score).toBeLessThanOrEqual(1.4);
      const before = HITS.find((first) => first.id === id)!.score;
      expect(score - before).toBeCloseTo(boosts.reranked ?? 0, 9);
      expect(boosts.name).toBe(0.1);
    }
  });

  test('of one hit, or of none, changes nothing', () => {
    expect(withSecondView([hit(1, 0.7)], new Map([[1, 0.1]]), 0.5)).toEqual([hit(1, 0.7)]);
    expect(withSecondView([], new Map(), 0.5)).toEqual([]);
  });
});
