/** What the grammars and their queries would take minutes for. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
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
  expect(problem).toBe('parsing took longer than 1300 ms');
  expect(functions.map(({ kind }) => kind)).toEqual(['lines']);
  // The parser, the grammar and its query go on with the next file.
  const next = await parser.parse('next.ex', 'defmodule A do\n  def f(a) do\n    a\n  end\nend\n');
  expect(next.functions.map(({ qualifiedName }) => qualifiedName)).toContain('A.f');
});

test('a text of which a scanner reads all, step after step, ends where it is once its time is over', async () => {
  const text = 'let a = 1\n'.repeat(600);
  const asked: string[] = [];
  const used = { user: Number.POSITIVE_INFINITY, system: 0 };
  vi.spyOn(Parser.prototype, 'parse').mockImplementationOnce((input) => {
    const read = input as (start: number) => string;
    asked.push(read(0), read(2000));
    vi.spyOn(performance, 'now').mockReturnValue(Number.POSITIVE_INFINITY);
    vi.spyOn(process, 'cpuUsage').mockReturnValue(used);
    // Node 20 does not have it.
    if ('threadCpuUsage' in process) vi.spyOn(process, 'threadCpuUsage').mockReturnValue(used);
    asked.push(read(4000));
    vi.restoreAllMocks();
    return null;
  });
  const { problem } = await parser.parse('a.swift', text);
  expect(asked).toEqual([text.slice(0, 2000), text.slice(2000, 4000), '']);
  expect(problem).toBe('parsing took longer than 1308 ms');
});

test('a line of marks on which the grammar of Scala takes minutes, asking nobody, is given to it in part', async () => {
  const { functions } = await parser.parse('a.scala', `object A {\n  ${'\u200f'.repeat(17_000)}\n}\n`);
  expect(functions).not.toEqual([]);
});

test.each([
  ['a string', 'a.swift', 'let data = "', 'x', '"'],
  ['a list', 'a.swift', 'let data = [', '1, ', '2]'],
  ['a function on one line', 'a.swift', 'func data() -> String { return "', 'x', '" }'],
  ['a comment', 'a.swift', '// ', 'word ', ''],
  ['a string', 'a.scala', 'val data = "', 'x', '"'],
  ['a list', 'a.scala', 'val data = List(', '1, ', '2)'],
])(
  '%s of 30,000 characters (%s) costs no function below, and is stored as it is',
  async (_what, path, open, inner, close) => {
    const line = open + inner.repeat(30_000 / inner.length) + close;
    const [head, tail] = path === 'a.swift' ? ['func', ' -> Int {'] : ['def', ': Int = {'];
    const text = `${head} first(a: Int)${tail}\n  a\n}\n${line}\n${head} last(a: Int)${tail}\n  a\n}\n`;
    const { functions, problem } = await parser.parse(path, text);
    const places = functions.map(({ qualifiedName, startLine, endLine }) => `${startLine}-${endLine} ${qualifiedName}`);
    expect(places).toEqual(expect.arrayContaining(['1-3 first', '5-7 last']));
    expect(problem).toBeNull();
    const stored = functions.find(({ startLine, endLine }) => startLine <= 4 && endLine >= 4);
    if (stored) expect(stored.code).toContain(line);
  },
);

test.each([
  [0, 400],
  [100_000, 1000],
  [2_000_000, 12_400],
  [4_000_000, 15_000],
])('%i characters have %i ms', (characters, ms) => {
  const limit = timeLimit(characters);
  expect(limit.ms).toBe(ms);
  expect(limit.isOver()).toBe(false);
  expect(limit.wasOver()).toBe(false);
});

test('a grammar that is slow has more time, and no more than the most', () => {
  expect(timeLimit(100_000, 3).ms).toBe(3000);
  expect(timeLimit(4_000_000, 3).ms).toBe(15_000);
});

test('a megabyte of small functions is not near its limit', async () => {
  const text = Array.from({ length: 25_000 }, (_, i) => `function f${i}(a: number) { return a; }`).join('\n');
  const limit = timeLimit(text.length).ms;
  const before = process.cpuUsage().user;
  const { functions } = await parser.parse('large.ts', text);
  expect(functions).toHaveLength(25_000);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(limit / 2);
});
