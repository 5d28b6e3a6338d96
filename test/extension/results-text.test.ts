import { expect, test } from 'vitest';
import { resultsText } from '../../src/extension/views/results-text.ts';
import type { FolderHit } from '../../src/service/merge.ts';

const hit = (path: string, name: string): FolderHit => ({
  folder: '/a',
  path,
  startLine: 3,
  endLine: 3,
  name,
  kind: 'function',
  language: 'go',
  score: 1,
  preview: '',
  why: { semantic: 1, lexical: 1, words: [], boosts: {} },
});

test('results as a Markdown list, backticks and all', () => {
  const text = resultsText('Results for “x”', [hit('a.go', 'f'), hit('b.scala', '`a b`')], ({ path }) => `${path}:3`);
  expect(text).toBe('Results for “x”:\n\n- `a.go:3` `f`\n- `b.scala:3` `` `a b` ``\n');
});
