import { describe, expect, test } from 'vitest';
import { reasonsOf } from '../../../src/core/explain.ts';
import { stem } from '../../../src/core/lexical/terms.ts';
import { identifiersIn } from '../../../src/core/query/identifiers.ts';
import type { Candidate, RankingQuery } from '../../../src/core/ranking/candidate.ts';
import { RANKING } from '../../../src/core/ranking/parameters.ts';
import { kindsOn } from '../../../src/core/ranking/platform.ts';
import { rank } from '../../../src/core/ranking/rank.ts';
import { splitWords } from '../../../src/core/text/split-words.ts';

const base: Candidate = {
  id: 0,
  semantic: 0.5,
  lexical: 1,
  path: 'src/a.ts',
  qualifiedName: 'a',
  kind: 'function',
  nameLexical: 0,
  fileSemantic: 0.5,
  alike: [],
};
const filler: Candidate = {
  ...base,
  id: 99,
  semantic: 0,
  lexical: 0,
  fileSemantic: 0,
  path: 'src/zzz.ts',
  qualifiedName: 'zzz',
};

function query(text: string): RankingQuery {
  const stems = splitWords(text).map(stem);
  return {
    text,
    kind: 'description',
    identifiers: identifiersIn(text),
    stems: new Map(stems.map((each) => [each, 1])),
    pathShares: new Map(stems.map((each) => [each, 1])),
    likes: new Map(),
    near: new Map(),
    own: kindsOn('linux'),
  };
}

function order(candidates: Candidate[], text: string): number[] {
  return rank([...candidates, filler], query(text), RANKING, 10)
    .map((hit) => hit.id)
    .filter((id) => id !== 99);
}

describe('rank', () => {
  const CASES: readonly [string, string, Partial<Candidate>, Partial<Candidate>][] = [
    ['a name that answers the query', 'parse url', { qualifiedName: 'parseUrl' }, { qualifiedName: 'x' }],
    [
      'the symbol itself over a longer name',
      'parseUrl',
      { qualifiedName: 'parseUrl' },
      { qualifiedName: 'parseUrlQuery' },
    ],
    ['a file named by the query', 'router', { path: 'src/router.ts' }, { path: 'src/b.ts' }],
    ['a folder named by the query', 'router', { path: 'src/router/a.ts' }, { path: 'src/other/b.ts' }],
    ['public over internal code', 'send mail', { path: 'src/b.ts' }, { path: 'src/_internal/b.ts' }],
    ['code for this platform', 'send mail', { path: 'src/unix/b.ts' }, { path: 'src/win/b.ts' }],
    ['code over tests', 'send mail', { path: 'src/b.ts' }, { path: 'test/b.ts' }],
    ['telling words in the name', 'q', { nameLexical: 2 }, { path: 'src/b.ts', nameLexical: 1 }],
    [
      'the method of the class that is named',
      'app.set and stored settings',
      { qualifiedName: 'app.set' },
      { path: 'src/b.ts', qualifiedName: 'store.set' },
    ],
    [
      'what an identifier names over what has its words',
      'who calls parse_url here',
      { qualifiedName: 'parseUrl' },
      { path: 'src/b.ts', qualifiedName: 'callsParseUrl' },
    ],
    ['the semantically nearer', 'q', { semantic: 0.6 }, { path: 'src/b.ts' }],
    ['the one with more words in common', 'q', { lexical: 2 }, { path: 'src/b.ts' }],
  ];
  test.each(CASES)('prefers %s', (_, text, better, worse) => {
    expect(
      order(
        [
          { ...base, ...worse, id: 1 },
          { ...base, ...better, id: 2 },
        ],
        text,
      ),
    ).toEqual([2, 1]);
  });

  test('counts further hits of a file the more, the nearer it is as a whole', () => {
    const others = [
      { ...base, id: 3, semantic: 0.4 },
      { ...base, id: 4, semantic: 0.4, path: 'src/b.ts', qualifiedName: 'b' },
    ];
    const far = { ...base, id: 1 };
    const near = { ...base, id: 2, path: 'src/b.ts', fileSemantic: 0.9 };
    expect(order([far, near, ...others], 'q')[0]).toBe(2);
    expect(order([{ ...far, fileSemantic: 0.9 }, { ...near, fileSemantic: 0.5 }, ...others], 'q')[0]).toBe(1);
  });

  test('does not demote tests that the query asks for', () => {
    const ranked = rank([{ ...base, path: 'test/b.ts' }, filler], query('tests of mail'), RANKING, 1);
    expect(ranked[0]!.boosts).not.toHaveProperty('tests');
  });

  test('one file does not fill the list', () => {
    const many = [0, 1, 2, 3].map((id) => ({ ...base, id, semantic: 0.9 - id / 100, path: 'src/many.ts' }));
    const other = { ...base, id: 9, semantic: 0.85, path: 'src/other.ts' };
    expect(order([...many, other], 'q').indexOf(9)).toBeLessThan(3);
  });

  test('a file that is shown stands back by what its hits gave each other, not behind all there is', () => {
    const own = [1, 2, 3].map((id) => ({ ...base, id, semantic: 0.9, fileSemantic: 1, path: 'src/large.ts' }));
    const others = [4, 5, 6, 7].map((id) => ({ ...base, id, semantic: 0.2, path: `src/${id}.ts` }));
    expect(order([...own, ...others], 'b').slice(0, 3)).toEqual([1, 2, 3]);
    const near = [4, 5, 6, 7].map((id) => ({ ...base, id, semantic: 0.85, path: `src/${id}.ts` }));
    expect(order([...own, ...near], 'b')[1]).toBe(4);
  });

  test('overloads and copies are one hit that says what it stands for', () => {
    const overloads = [1, 2].map((id) => ({ ...base, id, semantic: 0.9 - id / 10, alike: ['a overload'] }));
    const copy = { ...base, id: 3, semantic: 0.75, path: 'lib/b.ts', alike: ['b overload', 'copy'] };
    const hits = rank(
      [...overloads, copy, { ...base, id: 4, semantic: 0.1, path: 'vendor/b.ts', alike: ['copy'] }, filler],
      query('q'),
      RANKING,
      10,
    );
    const also = new Map(hits.map((hit) => [hit.id, hit.also]));
    expect(also.get(1)).toEqual([2]);
    expect(also.get(3)).toEqual([4]);
    expect(also.has(2) || also.has(4)).toBe(false);
  });

  test('who asks how something works sees more files than who describes a function', () => {
    const many = [0, 1, 2].map((id) => ({ ...base, id, semantic: 1 - id / 100, path: 'src/many.ts' }));
    const other = { ...base, id: 9, semantic: 0.55, lexical: 0.7, path: 'src/other.ts' };
    const placeOf = (kind: RankingQuery['kind']): number =>
      rank([...many, other, filler], { ...query('q'), kind }, RANKING, 10).findIndex(({ id }) => id === 9);
    expect(placeOf('how')).toBeLessThan(placeOf('description'));
  });

  test('scores fall, and a score is its parts, also as they are told', () => {
    const hits = rank([base, { ...base, id: 1, semantic: 0.7 }, filler], query('a'), RANKING, 10);
    expect(hits.map((hit) => hit.score)).toEqual(hits.map((hit) => hit.score).sort((a, b) => b - a));
    for (const hit of hits) {
      const fused = RANKING.semanticShare * hit.semantic + (1 - RANKING.semanticShare) * hit.lexical;
      expect(hit.score).toBeCloseTo(
        Object.values(hit.boosts).reduce((sum, boost) => sum + boost, fused),
        6,
      );
      const told = reasonsOf({ ...hit, words: [] }).reduce((sum, { figure }) => sum + Number(figure), 0);
      expect(told).toBeCloseTo(hit.score, 1);
    }
  });

  test('nothing in, nothing out', () => {
    expect(rank([], query('a'), RANKING, 10)).toEqual([]);
  });
});
