import { describe, expect, test } from 'vitest';
import { nameWords } from '../../../src/core/lexical/name-words.ts';
import { stem } from '../../../src/core/lexical/terms.ts';
import type { Likes, RankingQuery } from '../../../src/core/ranking/candidate.ts';
import { coverage, nameMatch, sharesByOrder } from '../../../src/core/ranking/name-match.ts';

const DIR: Likes = new Map([['dir', [[stem('directory'), 0.5]]]]);

function query(words: readonly string[], likes: Likes = new Map()): RankingQuery {
  const stems = new Map(words.map((word) => [stem(word), 1]));
  const pathShares = sharesByOrder(stems.keys());
  const text = words.join(' ');
  return { text, kind: 'description', identifiers: [], stems, pathShares, likes, near: new Map(), own: new Set() };
}

describe('a name', () => {
  const CASES: readonly [string, string, Likes, number][] = [
    ['that has both words', 'removeDirectory', DIR, 1],
    ['that has one of two words', 'remove', DIR, 2 / 3],
    ['whose other word is none that was asked for', 'removeDir', new Map(), 1 / 2],
    ['whose other word means half as much', 'removeDir', DIR, 3 / 4],
    ['that only has a word which means half as much', 'dir', DIR, 1 / 3],
    ['that has a word and one like it counts the word once', 'dirDirectory', DIR, 0.6],
    ['without words of the question', 'parse', DIR, 0],
  ];
  test.each(CASES)('%s', (_, name, likes, match) => {
    expect(nameMatch(query(['remove', 'directory'], likes), name)).toBeCloseTo(match, 6);
  });
});

describe('a part of a path', () => {
  const CASES: readonly [string, Likes, number][] = [
    ['directory', DIR, 1],
    ['dir', DIR, 0.5],
    ['dir', new Map(), 0],
    ['dir_cache', DIR, 0.25],
    ['', DIR, 0],
  ];
  test.each(CASES)('%s', (part, likes, covered) => {
    const asked = query(['directory'], likes);
    expect(coverage(asked, nameWords(part))).toBeCloseTo(covered, 6);
  });

  test('what a question begins with is what it is about: later words cover less', () => {
    const asked = query(['content', 'protocol', 'request'], new Map([['req', [['request', 0.8]]]]));
    const covered = (part: string): number => coverage(asked, nameWords(part));
    expect(covered('content')).toBe(1);
    expect(covered('protocol')).toBeCloseTo(1 / Math.log2(3), 6);
    expect(covered('request')).toBeCloseTo(1 / 2, 6);
    expect(covered('req')).toBeCloseTo(0.8 / 2, 6);
    expect(covered('content_request')).toBeCloseTo((1 + 1 / 2) / 2, 6);
  });
});
