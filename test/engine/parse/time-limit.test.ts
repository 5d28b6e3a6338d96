/** What the grammars and their queries would take minutes for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { timeLimit } from '../../../src/engine/parse/time-limit.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

test('a query that looks for definitions for too long is stopped, and the file becomes line windows', async () => {
  const text = `defmodule A do\n  def f(a) do\n    a\n  end\n\n  de${'('.repeat(150_000)}\nend\n`;
  const { functions, problem } = await parser.parse('deep.ex', text);
  expect(problem).toBe('parsing took longer than 1150 ms');
  expect(functions.map(({ kind }) => kind)).toEqual(['lines']);
  // The parser, the grammar and its query go on with the next file.
  const next = await parser.parse('next.ex', 'defmodule A do\n  def f(a) do\n    a\n  end\nend\n');
  expect(next.functions.map(({ qualifiedName }) => qualifiedName)).toContain('A.f');
});

test('a line of marks on which the grammar of Scala takes minutes, asking nobody, is not given to it', async () => {
  const { problem } = await parser.parse('a.scala', `object A {\n  ${'\u200f'.repeat(17_000)}\n}\n`);
  expect(problem).toBe('a line is longer than 2000 characters');
});

test.each([
  [0, 400],
  [100_000, 900],
  [520_000, 3000],
  [4_000_000, 3000],
])('%i characters have %i ms', (characters, ms) => {
  const limit = timeLimit(characters);
  expect(limit.ms).toBe(ms);
  expect(limit.isOver()).toBe(false);
  expect(limit.wasOver()).toBe(false);
});
