import { expect, test } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import type { Hit, SearchAnswer } from '../../src/engine/api/search.ts';
import { mergeAnswers } from '../../src/service/merge.ts';

const hit = (path: string, score: number): Hit => ({
  path,
  score,
  startLine: 1,
  endLine: 2,
  name: path,
  kind: 'function',
  language: 'go',
  preview: '',
  why: { semantic: 0, lexical: 0, words: [], boosts: {} },
});
const answer = (complete: boolean, ...results: Hit[]): SearchAnswer => ({
  query: 'q',
  results,
  index: { functions: 10, complete, generation: 1 },
  timings: { embedMs: 0, searchMs: 0, totalMs: 0 },
});
const places = (merged: ReturnType<typeof mergeAnswers>): string[] =>
  merged.hits.map(({ folder, path }) => `${folder}|${path}`);

test('hits of all folders by score, ties in the order of the folders, no more than asked for', () => {
  const merged = mergeAnswers(
    'q',
    [
      { folder: '/a', answer: answer(true, hit('x', 0.9), hit('y', 0.5)) },
      { folder: '/b', answer: answer(true, hit('z', 0.7), hit('w', 0.5)) },
    ],
    3,
  );
  expect(places(merged)).toEqual(['/a|x', '/b|z', '/a|y']);
  expect(merged).toMatchObject({ query: 'q', functions: 20, complete: true, mayImprove: false, problems: [] });
});

test('the nearest of all folders counts most, not the nearest of each', () => {
  const best = (path: string): Hit => ({ ...hit(path, 1), why: { semantic: 1, lexical: 1, words: [], boosts: {} } });
  const merged = mergeAnswers(
    'q',
    [
      { folder: '/a', answer: { ...answer(true, best('far')), scale: { lowest: 0, highest: 0.3, lexical: 4 } } },
      { folder: '/b', answer: { ...answer(true, best('near')), scale: { lowest: 0, highest: 0.6, lexical: 9 } } },
    ],
    2,
  );
  expect(places(merged)).toEqual(['/b|near', '/a|far']);
});

test.each<[string, { outer: SearchAnswer; inner: SearchAnswer | KenningError; expected: string[] }]>([
  [
    'appears once, under the innermost folder, whatever ranks higher',
    {
      outer: answer(true, hit('sub/x', 0.8), hit('y', 0.7)),
      inner: answer(true, hit('x', 0.6)),
      expected: ['/a|y', '/a/sub|x'],
    },
  ],
  [
    'that the inner folder leaves out is not shown for the outer one',
    { outer: answer(true, hit('sub/x', 0.8), hit('subway/x', 0.7)), inner: answer(true), expected: ['/a|subway/x'] },
  ],
  [
    'is shown for the outer folder while the inner one is not indexed, but not twice',
    {
      outer: answer(true, hit('sub/x', 0.8), hit('sub/y', 0.5)),
      inner: answer(false, hit('x', 0.6)),
      expected: ['/a/sub|x', '/a|sub/y'],
    },
  ],
  [
    'is shown for the outer folder where the inner one cannot answer',
    {
      outer: answer(true, hit('sub/x', 0.8)),
      inner: new KenningError('index-unreadable', 'broken'),
      expected: ['/a|sub/x'],
    },
  ],
])('a function in two nested folders %s', (_, { outer, inner, expected }) => {
  const both = [
    { folder: '/a', answer: outer },
    { folder: '/a/sub', answer: inner },
  ];
  for (const answers of [both, both.toReversed()]) expect(places(mergeAnswers('q', answers, 10))).toEqual(expected);
});

test('nested folders on Windows', () => {
  const merged = mergeAnswers(
    'q',
    [
      { folder: 'C:\\a', answer: answer(true, hit('sub/x', 0.8)) },
      { folder: 'C:\\a\\sub', answer: answer(true, hit('x', 0.6)) },
    ],
    10,
  );
  expect(places(merged)).toEqual(['C:\\a\\sub|x']);
});

test.each([
  ['one index is not complete', answer(false), []],
  ['one folder cannot answer', new KenningError('index-unreadable', 'broken'), ['broken']],
])('not complete: %s', (_, second, problems) => {
  const merged = mergeAnswers(
    'q',
    [
      { folder: '/a', answer: answer(true, hit('x', 1)) },
      { folder: '/b', answer: second },
    ],
    10,
  );
  expect(merged.complete).toBe(false);
  expect(merged.hits).toHaveLength(1);
  expect(merged.problems.map(({ error }) => error.message)).toEqual(problems);
});

test('may be improved where any folder says so', () => {
  const [plain, better] = [answer(true, hit('x', 0.9)), { ...answer(true, hit('y', 0.5)), mayImprove: true }];
  const merged = mergeAnswers(
    'q',
    [plain, better, plain].map((each, i) => ({ folder: `/${i}`, answer: each })),
    3,
  );
  expect(merged.mayImprove).toBe(true);
});
