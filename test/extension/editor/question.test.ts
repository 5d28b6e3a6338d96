import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/core/query/parse-query.ts';
import { questionOf } from '../../../src/extension/editor/question.ts';

test.each([
  ['one line', '  def parse_date(text):\n\t return 1 ', 'def parse_date(text): return 1'],
  ['no phrase', 'open("a file", “b”)', 'open( a file , b )'],
  ['no filter', 'path: string, kind:x, mypath:y', 'path string, kind x, mypath:y'],
  ['nothing excluded', 'git log -tests --all +x', 'git log tests -all x'],
  ['a difference stays', 'end - start', 'end - start'],
  ['nothing', ' \n ', ''],
])('%s', (_, selected, expected) => {
  expect(questionOf(selected)).toBe(expected);
});

test('a long selection is cut between words, or where there is none', () => {
  const cut = questionOf('word '.repeat(100));
  expect(cut.length).toBeLessThanOrEqual(200);
  expect(cut.endsWith('word')).toBe(true);
  expect(questionOf('x'.repeat(300))).toBe('x'.repeat(200));
});

test('the box takes no part of it for an operator', () => {
  const query = parseQuery(questionOf('run --path:src -lang:go "exact" -tests kind:class'));
  expect(query).toMatchObject({ exact: [], notExact: [] });
  expect(query.text).toBe('run -path src lang go exact tests kind class');
});
