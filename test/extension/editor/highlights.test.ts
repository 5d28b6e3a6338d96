/** What of an opened result is marked. The editor is a fake. */
import { expect, test, vi } from 'vitest';
import { Highlights } from '../../../src/extension/editor/highlights.ts';
import { uriOf } from '../../../src/extension/hit.ts';
import type { FolderHit } from '../../../src/service/merge.ts';
import { type Range, window } from '../fake-vscode.ts';

const HIT: FolderHit = {
  folder: '/a',
  path: 'x.ts',
  startLine: 2,
  endLine: 4,
  name: 'x',
  kind: 'function',
  language: 'typescript',
  score: 1,
  preview: '',
  why: { semantic: 1, lexical: 1, words: ['date'], boosts: {} },
};
const TEXT = ['', 'const one = 1;', '', 'const date = 2;'];

test.each([
  ['a function, all its lines', 'function', [1, 3]],
  ['a module, its first line', 'module', [1, 1]],
] as const)('of %s, and its words', (_, kind, lines) => {
  const setDecorations = vi.fn<(type: unknown, ranges: readonly Range[]) => void>();
  const document = { uri: uriOf(HIT), lineCount: TEXT.length, lineAt: (row: number) => ({ text: TEXT[row] }) };
  window.visibleTextEditors = [{ document, setDecorations }];
  new Highlights().show({ ...HIT, kind });
  const marked = setDecorations.mock.calls.map(([, ranges]) => ranges.map(({ rows }) => rows));
  expect(marked).toEqual([[lines], [[3, 3]]]);
});
