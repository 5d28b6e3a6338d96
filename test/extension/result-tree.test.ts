import { describe, expect, test } from 'vitest';
import { alsoHits } from '../../src/extension/hit-identity.ts';
import {
  dismissedBy,
  groupByFile,
  highlightsIn,
  idOf,
  type ResultNode,
  withoutDismissed,
} from '../../src/extension/views/result-tree.ts';
import type { FolderHit } from '../../src/service/merge.ts';

const hit = (path: string, startLine: number, folder = '/a'): FolderHit => ({
  folder,
  path,
  startLine,
  endLine: startLine,
  name: 'f',
  kind: 'function',
  language: 'go',
  score: 1,
  preview: '',
  why: { semantic: 1, lexical: 1, words: [], boosts: {} },
});

test('files stand in the order of their best hit, hits in the order of their rank', () => {
  const files = groupByFile([hit('b', 9), hit('a', 1), hit('b', 2), hit('a', 3, '/other')]);
  expect(files.map(({ folder, path, hits }) => [folder, path, hits.map(({ startLine }) => startLine)])).toEqual([
    ['/a', 'b', [9, 2]],
    ['/a', 'a', [1]],
    ['/other', 'a', [3]],
  ]);
});

test('what a hit stands for too opens at its own place and knows its hit', () => {
  const alone = hit('a', 1);
  expect(alsoHits(alone)).toEqual([]);
  const many = { ...alone, also: [{ path: 'b', name: 'g', startLine: 7, endLine: 8 }] };
  const [also, ...none] = alsoHits(many);
  expect(none).toEqual([]);
  expect(also).toMatchObject({ folder: '/a', path: 'b', name: 'g', startLine: 7, endLine: 8, under: many });
  expect(also).not.toHaveProperty('also');
});

test.each<[string, readonly string[], readonly [number, number][]]>([
  [
    'parseDate',
    ['date', 'parse'],
    [
      [0, 5],
      [5, 9],
    ],
  ],
  [
    'dateOfDates',
    ['date'],
    [
      [0, 4],
      [6, 10],
    ],
  ],
  ['datetime', ['date', 'datetime'], [[0, 8]]],
  ['abcd', ['bcd', 'abc'], [[0, 4]]],
  ['nothing', ['word', ''], []],
])('the words of the question in %s', (name, words, highlights) => {
  expect(highlightsIn(name, words)).toEqual(highlights);
});

describe('dismissing', () => {
  const also = [
    { path: 'b', name: 'g', startLine: 7, endLine: 8 },
    { path: 'c', name: 'h', startLine: 1, endLine: 2 },
  ];
  const all = [hit('a', 1), { ...hit('a', 5), also }, hit('b', 2)];
  const left = (node: ResultNode): unknown =>
    withoutDismissed(all, new Set(dismissedBy(node))).map(({ path, startLine, also: more = [] }) => [
      path,
      startLine,
      more.length,
    ]);

  test('a hit goes alone, with what it stands for', () => {
    expect(left(all[0]!)).toEqual([
      ['a', 5, 2],
      ['b', 2, 0],
    ]);
    expect(left(all[1]!)).toEqual([
      ['a', 1, 0],
      ['b', 2, 0],
    ]);
  });

  test('a file goes with all its hits', () => {
    expect(left(groupByFile(all)[0]!)).toEqual([['b', 2, 0]]);
  });

  test('what a hit stands for too goes for itself', () => {
    expect(left(alsoHits(all[1]!)[1]!)).toEqual([
      ['a', 1, 0],
      ['a', 5, 1],
      ['b', 2, 0],
    ]);
    const both = new Set(alsoHits(all[1]!).flatMap(dismissedBy));
    expect(withoutDismissed(all, both)[1]).not.toHaveProperty('also');
  });

  test('ids tell places apart', () => {
    const nodes: ResultNode[] = [...groupByFile(all), ...all, ...alsoHits(all[1]!), hit('b', 7)];
    expect(new Set(nodes.map(idOf)).size).toBe(nodes.length);
  });
});
