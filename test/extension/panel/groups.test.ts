import { describe, expect, test } from 'vitest';
import { BEST_SHARE, groupsOf } from '../../../src/extension/panel/groups.ts';

const hit = (name: string, score: number, ...demotions: string[]) => ({
  name,
  score,
  why: { lexical: 0.1, boosts: Object.fromEntries(demotions.map((each) => [each, -0.6])) },
});
const told = (...hits: ReturnType<typeof hit>[]): string[] =>
  groupsOf(hits).map((group) => `${group.name}: ${group.hits.map(({ name }) => name).join(' ')}`);

describe('groups of hits', () => {
  const CASES: readonly [string, ReturnType<typeof hit>[], string[]][] = [
    ['none', [], []],
    ['one', [hit('a', 0.8)], ['best: a']],
    [
      'near the best, and far from it',
      [hit('a', 1), hit('b', BEST_SHARE), hit('c', BEST_SHARE - 0.01)],
      ['best: a b', 'related: c'],
    ],
    [
      'tests and examples below, in their order',
      [hit('a', 1), hit('t', 0.9, 'tests'), hit('b', 0.8), hit('e', 0.7, 'examples'), hit('c', 0.1)],
      ['best: a b', 'related: c', 'tests: t e'],
    ],
    ['other demotions move nothing', [hit('a', 1), hit('o', 0.9, 'legacy')], ['best: a o']],
    ['the best hit stays first though it is a test', [hit('t', 1, 'tests'), hit('a', 0.9)], ['best: t a']],
    ['scores below nought', [hit('a', -0.2), hit('b', -0.25), hit('c', -0.4)], ['best: a b', 'related: c']],
  ];
  test('those in which no word of the question occurs are one, tests among them', () => {
    const hits = [hit('a', 1), hit('t', 0.9, 'tests'), hit('b', 0.1)];
    const unnamed = hits.map((each) => ({ ...each, why: { ...each.why, lexical: 0 } }));
    expect(told(...unnamed)).toEqual(['unnamed: a t b']);
    expect(told(...unnamed, hit('c', 0.1))).toEqual(['best: a', 'related: b c', 'tests: t']);
  });

  test.each(CASES)('%s', (_, hits, expected) => {
    expect(told(...hits)).toEqual(expected);
  });
});
