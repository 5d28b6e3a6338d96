import { expect, test } from 'vitest';
import { comparable, type Scale, scaleOf } from '../../../src/core/ranking/across-folders.ts';
import { RANKING } from '../../../src/core/ranking/parameters.ts';

const NEAR: Scale = { lowest: 0, highest: 0.8, lexical: 10 };
const FAR: Scale = { lowest: 0.1, highest: 0.4, lexical: 5 };
const { semanticShare } = RANKING;

const hit = (semantic: number, lexical: number, boosts: Record<string, number> = {}) => ({
  score: sum(semantic, lexical, boosts),
  why: { semantic, lexical, boosts },
});
const sum = (semantic: number, lexical: number, boosts: Readonly<Record<string, number>>): number =>
  semanticShare * semantic + (1 - semanticShare) * lexical + Object.values(boosts).reduce((a, b) => a + b, 0);

test('the best of a folder that has nothing near does not stand beside the best of one that has', () => {
  const [near, far] = comparable([
    { hits: [hit(1, 1)], scale: NEAR },
    { hits: [hit(1, 1)], scale: FAR },
  ]);
  expect(near!.score).toBeCloseTo(1, 6);
  expect(far!.why).toEqual({ semantic: 0.5, lexical: 0.5, boosts: {} });
  expect(far!.score).toBeCloseTo(0.5, 6);
});

test('what was given for standing out in the folder counts as much less; what a name says stays', () => {
  const [, far] = comparable([
    { hits: [hit(1, 1)], scale: NEAR },
    { hits: [hit(1, 1, { hits: 0.4, 'name words': 0.1, file: 0.3 })], scale: FAR },
  ]);
  expect(far!.why.boosts).toEqual({ hits: 0.2, 'name words': 0.05, file: 0.3 });
});

test('a score stays the sum of its parts', () => {
  for (const { score, why } of comparable([
    { hits: [hit(0.7, 0.2, { hits: 0.3 }), hit(0, 0, { hits: 0.2 })], scale: NEAR },
    { hits: [hit(0.9, 0.6, { 'name words': 0.1, 'same file': -0.2 })], scale: FAR },
  ]))
    expect(score).toBeCloseTo(sum(why.semantic, why.lexical, why.boosts), 6);
});

test.each<[string, (Scale | undefined)[]]>([
  ['of one folder', [FAR]],
  ['of folders whose scores are absolute', [undefined, undefined]],
])('answers %s stay as they are', (_, scales) => {
  const hits = [hit(1, 0.5, { hits: 0.2 }), hit(0.4, 0.1)];
  expect(comparable(scales.map((scale) => ({ hits, scale })))).toEqual(scales.flatMap(() => hits));
});

test('a folder without a hit says nothing of the others', () => {
  const hits = [hit(1, 0.5, { hits: 0.2 })];
  expect(
    comparable([
      { hits, scale: FAR },
      { hits: [], scale: NEAR },
    ]),
  ).toEqual(hits);
});

test('a scale is what the candidates span', () => {
  expect(scaleOf([])).toBeNull();
  const candidates = [
    { semantic: 0.3, lexical: 2 },
    { semantic: -0.1, lexical: 0 },
  ];
  expect(scaleOf(candidates)).toEqual({ lowest: -0.1, highest: 0.3, lexical: 2 });
});
