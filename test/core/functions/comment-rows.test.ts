/** Which rows are comment and nothing else: code beside a comment must not be lost with it. */
import { expect, test } from 'vitest';
import { commentRows } from '../../../src/core/functions/comment-rows.ts';
import { leftoverRuns } from '../../../src/core/functions/leftovers.ts';
import { sourceLines } from '../../../src/core/functions/source-lines.ts';
import { c } from '../../../src/core/languages/c.ts';
import { lua } from '../../../src/core/languages/lua.ts';

const rowsOf = (text: string): number[] => text.split('\n').map((_, row) => row);

test.each([
  ['// one\nint a;', [0]],
  ['/* one */\nint a;', [0]],
  ['/* one */ int a;', []],
  ['/* one */ /* two */ // three', [0]],
  ['/* one */ /* two */ int a;', []],
  ['int a; /* one */', []],
  ['*p = 3;', []],
  ['/* one\n two\n*/ int a;\nint b;', [0, 1]],
  ['/* one\n * two */\nint b;', [0, 1]],
  ['/*/ one\n*/\nint b;', [0, 1]],
  // A comment without an end would take everything with it.
  ['/* one\nint a;\nint b;', [0]],
])('%j', (text, expected) => {
  expect([...commentRows(sourceLines(text), rowsOf(text), c)]).toEqual(expected);
});

test('a comment does not reach over rows that are not asked about', () => {
  const text = '/* one\nint a;\n*/ int b;';
  expect([...commentRows(sourceLines(text), [0, 2], c)]).toEqual([0]);
});

test('brackets that end as a comment would are code', () => {
  const text = 'total = t[a[1]]';
  expect([...commentRows(sourceLines(text), [0], lua)]).toEqual([]);
  expect(leftoverRuns(sourceLines(text), [0], lua)).toEqual([[0]]);
});

test('a licence ends where code stands behind it', () => {
  const text = '/* Copyright\n * All rights reserved. */ #define LEAST 16\n#define MOST 32 /* bytes */';
  expect(leftoverRuns(sourceLines(text), rowsOf(text), c)).toEqual([[1, 2]]);
});

test('a hundred thousand openings that nobody closes take no longer than as many rows', () => {
  const text = '/*\n'.repeat(100_000);
  const before = process.cpuUsage();
  expect(commentRows(sourceLines(text), rowsOf(text), c).size).toBe(100_000);
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});
