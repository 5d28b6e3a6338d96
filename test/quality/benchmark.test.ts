import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { BenchmarkError, type Found, ndcg, ndcgAt, type Question, readBenchmark } from './benchmark.ts';

const at = (path: string, startLine = 1, endLine = 5): Found => ({ path, startLine, endLine });
const fill = (count: number): Found[] => Array.from({ length: count }, (_, i) => at(`src/other${i}.ts`));
const SECOND = 1 / Math.log2(3);

describe('ndcg', () => {
  const CASES: readonly [string, readonly Found[], Omit<Question, 'query'>, number][] = [
    ['first', [at('src/a.ts')], { relevant: ['src/a.ts'] }, 1],
    ['second', [at('src/b.ts'), at('src/a.ts')], { relevant: ['src/a.ts'] }, SECOND],
    ['not found', [at('src/b.ts')], { relevant: ['src/a.ts'] }, 0],
    ['nothing found at all', [], { relevant: ['src/a.ts'] }, 0],
    ['tenth', [...fill(9), at('src/a.ts')], { relevant: ['src/a.ts'] }, 1 / Math.log2(11)],
    ['eleventh', [...fill(10), at('src/a.ts')], { relevant: ['src/a.ts'] }, 0],
    ['one of two', [at('src/a.ts')], { relevant: ['src/a.ts', 'src/b.ts'] }, 1 / (1 + SECOND)],
    ['secondary counts as much', [at('b.ts'), at('a.ts')], { relevant: ['a.ts'], secondary: ['b.ts'] }, 1],
    ['a target found twice counts once', [at('a.ts'), at('a.ts', 7, 9)], { relevant: ['a.ts'] }, 1],
    ['a path below another root', [at('lib/a.ts')], { relevant: ['project/lib/a.ts'] }, 1],
    ['the end of another name is another file', [at('src/data.ts')], { relevant: ['a.ts'] }, 0],
    ['lines that touch', [at('a.ts', 5, 8)], { relevant: [{ path: 'a.ts', start_line: 8, end_line: 9 }] }, 1],
    ['lines that miss', [at('a.ts', 5, 7)], { relevant: [{ path: 'a.ts', start_line: 8, end_line: 9 }] }, 0],
  ];
  test.each(CASES)('%s', (_, results, question, expected) => {
    expect(ndcg(results, { query: '', ...question })).toBeCloseTo(expected, 10);
  });

  test.each([
    [1, 1],
    [2, SECOND],
    [10, 1 / Math.log2(11)],
    [11, 0],
    [null, 0],
  ])('one target at rank %s', (rank, expected) => expect(ndcgAt(rank)).toBeCloseTo(expected, 10));
});

describe('readBenchmark', () => {
  const entry = { name: 'one', language: 'go', root: 'src', queries: [{ query: 'q', relevant: ['a.go'] }] };

  test('reads where each repository lies and what is asked', () => {
    const dir = temporaryFolder();
    writeFiles(dir, { 'index.json': JSON.stringify([entry]), 'one/src/a.go': '' });
    expect(readBenchmark(dir)).toEqual([
      { name: 'one', language: 'go', folder: expect.stringMatching(/one.src$/), queries: entry.queries },
    ]);
  });

  test.each([
    ['no list', '{}'],
    ['no JSON', 'index'],
    ['an empty list', '[]'],
    ['a question without a target', JSON.stringify([{ ...entry, queries: [{ query: 'q', relevant: [] }] }])],
    ['a repository without questions', JSON.stringify([{ ...entry, queries: undefined }])],
    ['null', '[null]'],
    ['a repository that is not there', JSON.stringify([entry])],
  ])('refuses %s in one sentence', (_, index) => {
    const dir = temporaryFolder();
    writeFileSync(`${dir}/index.json`, index);
    expect(() => readBenchmark(dir)).toThrow(BenchmarkError);
    expect(() => readBenchmark(dir)).toThrow(/^[^\n]+\.$/);
  });

  test('refuses a folder that is no benchmark', () => {
    expect(() => readBenchmark(temporaryFolder())).toThrow(BenchmarkError);
  });
});
