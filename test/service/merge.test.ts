import { expect, test } from 'vitest';
import { KenningError } from '../../src/core/errors.ts';
import type { Hit, SearchAnswer } from '../../src/engine/api.ts';
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

test('a function that two nested folders hold appears once, where it ranks higher', () => {
  const merged = mergeAnswers(
    'q',
    [
      { folder: '/a', answer: answer(true, hit('sub/x', 0.6)) },
      { folder: '/a/sub', answer: answer(true, hit('x', 0.8)) },
    ],
    10,
  );
  expect(places(merged)).toEqual(['/a/sub|x']);
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
