/** What the files close to the user's hand change in a ranking, and what they must not. */
import { describe, expect, test } from 'vitest';
import type { Candidate, RankedHit, RankingQuery } from '../../../src/core/ranking/candidate.ts';
import { nearness } from '../../../src/core/ranking/near.ts';
import { RANKING } from '../../../src/core/ranking/parameters.ts';
import { rank } from '../../../src/core/ranking/rank.ts';

describe('nearness', () => {
  const recent = Array.from({ length: 20 }, (_, i) => `${i}.ts`);

  test('is 1 for what is open, however long ago it was used', () => {
    expect([...nearness({ open: ['a.ts', '19.ts'], recent })].filter(([, near]) => near === 1)).toEqual([
      ['19.ts', 1],
      ['a.ts', 1],
    ]);
  });

  test('fades with the place among those used lately, ½ at the fourth, and is still to be seen at the twentieth', () => {
    const values = [...nearness({ open: [], recent }).values()];
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(new Set(values).size).toBe(20);
    expect(values[0]).toBeLessThan(1);
    expect(values[3]).toBe(0.5);
    expect((values[19]! * RANKING.nearBoost).toFixed(2)).toBe('0.01');
  });

  test('is of no file where nobody says', () => {
    expect(nearness().size).toBe(0);
  });
});

describe('ranking', () => {
  const query: RankingQuery = {
    text: 'send mail',
    kind: 'description',
    identifiers: [],
    stems: new Map(),
    pathShares: new Map(),
    likes: new Map(),
    near: new Map(),
    own: new Set(),
  };
  /** Two functions in each of ten files one below the other, by small steps: the boost is worth several. */
  const candidates = Array.from({ length: 20 }, (_, id): Candidate => {
    return {
      id,
      semantic: 1 - id / 50,
      lexical: 1,
      nameLexical: 0,
      fileSemantic: 1 - Math.floor(id / 2) / 50,
      path: `src/${Math.floor(id / 2)}.ts`,
      qualifiedName: `f${id}`,
      kind: 'function',
      alike: [],
    };
  });
  const filler: Candidate = { ...candidates[0]!, id: 99, semantic: 0, lexical: 0, fileSemantic: 0, path: 'z.ts' };
  const ranked = (near: Readonly<Record<string, number>>, of = [...candidates, filler]): RankedHit[] =>
    rank(of, { ...query, near: new Map(Object.entries(near)) }, { ...RANKING, sameFileDemotion: 0 }, 100);
  const scores = (hits: readonly RankedHit[]): Map<number, number> => new Map(hits.map(({ id, score }) => [id, score]));

  test('of two like hits the near one comes first, the open one before the recent', () => {
    const [first, second, third] = [0, 2, 4].map((id) => ({ ...candidates[0]!, id, path: `src/${id}.ts` }));
    const of = [first!, second!, third!, filler];
    expect(ranked({}, of).map(({ id }) => id)).toEqual([0, 2, 4, 99]);
    expect(ranked({ 'src/4.ts': 1, 'src/2.ts': 0.5 }, of).map(({ id }) => id)).toEqual([4, 2, 0, 99]);
  });

  test.each(candidates.map(({ id }) => id))(
    'adds to the hits of near files only, and no more than its share: %d',
    (id) => {
      const { path } = candidates[id]!;
      const [before, after] = [scores(ranked({})), ranked({ [path]: 1 })];
      for (const { id, score, boosts } of after) {
        const isNear = candidates[id]?.path === path;
        expect(boosts.near).toBe(isNear ? RANKING.nearBoost : undefined);
        expect(score).toBeCloseTo(before.get(id)! + (isNear ? RANKING.nearBoost : 0), 9);
      }
    },
  );

  test('never lifts a hit above one that is better by more than the boost', () => {
    const before = scores(ranked({}));
    const places = (hits: readonly RankedHit[]): Map<number, number> => new Map(hits.map(({ id }, at) => [id, at]));
    let clear = 0;
    for (const { path } of candidates) {
      const at = places(ranked({ [path]: 1 }));
      for (const [better, score] of before) {
        for (const [worse, lower] of before) {
          if (score - lower <= RANKING.nearBoost + 1e-9) continue;
          clear++;
          expect(at.get(better)!).toBeLessThan(at.get(worse)!);
        }
      }
    }
    expect(clear).toBeGreaterThan(1000);
  });

  test('says nothing of nearness where nobody told of it', () => {
    for (const { boosts } of ranked({})) expect(boosts).not.toHaveProperty('near');
    expect(ranked({ 'src/elsewhere.ts': 1 })).toEqual(ranked({}));
  });

  test('is the same, whatever the boost, where nobody told of near files', () => {
    const at = (nearBoost: number): RankedHit[] => rank(candidates, query, { ...RANKING, nearBoost }, 100);
    expect(at(9)).toEqual(at(0));
  });

  test('of copies, the one in an open file stands for the others', () => {
    const copies = [0, 1].map((id) => ({ ...candidates[0]!, id, path: `src/${id}.ts`, alike: ['copy'] }));
    expect(ranked({}, copies).map(({ id, also }) => [id, also])).toEqual([[0, [1]]]);
    expect(ranked({ 'src/1.ts': 1 }, copies).map(({ id, also }) => [id, also])).toEqual([[1, [0]]]);
  });
});
