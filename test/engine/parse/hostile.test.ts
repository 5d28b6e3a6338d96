/** Texts that no person would write: each must come back as chunks within the file, whatever the parser makes of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeFunction } from '../../../src/core/code-function.ts';
import { LANGUAGES } from '../../../src/core/languages/registry.ts';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type ParsedFile, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

const languages = LANGUAGES.map(({ id, extensions }) => ({ id, path: `src/file${extensions[0]}` }));
const DEEP = 20_000;

/** A function and a call, by language; all of them are code of that language. */
const ORDINARY: Readonly<Record<string, string>> = {
  bash: '# Adds.\nadd() {\n  echo $(($1 + $2))\n}\n\nadd 1 2\n',
  c: '/* Adds. */\nint add(int a, int b)\n{\n  return a + b;\n}\n\nint total = 0;\n',
  cpp: 'struct A {\n  /// Adds.\n  int add(int a) {\n    return a;\n  }\n};\n\nint total = 0;\n',
  csharp: 'class A\n{\n  /// <summary>Adds.</summary>\n  int Add(int a)\n  {\n    return a;\n  }\n}\n',
  elixir: 'defmodule A do\n  @doc """\n  Adds.\n  """\n  def add(a, b) do\n    a + b\n  end\nend\n',
  go: 'package a\n\n// Add adds.\nfunc Add(a int) int {\n\treturn a\n}\n\nvar total = 0\n',
  haskell: 'module A where\n\n-- | Adds.\nadd :: Int -> Int\nadd 0 = 1\nadd a =\n  a + 1\n',
  java: 'class A {\n  /**\n   * Adds.\n   */\n  int add(int a) {\n    return a;\n  }\n}\n',
  javascript: '/** Adds. */\nfunction add(a) {\n  return a;\n}\n\nadd(1);\n',
  jsx: '// Shows.\nconst Show = () => {\n  return <b>hi</b>;\n};\n\nrender(<Show />);\n',
  kotlin: 'class A {\n  /** Adds. */\n  fun add(a: Int): Int {\n    return a\n  }\n}\n',
  lua: '-- Adds.\nlocal function add(a)\n  return a\nend\n\nadd(1)\n',
  php: '<?php\n/**\n * Adds.\n */\nfunction add($a) {\n  return $a;\n}\n\nadd(1);\n',
  python: 'def add(a):\n    """Adds.\n\n    Slowly.\n    """\n    return a\n\n\nadd(1)\n',
  ruby: 'class A\n  # Adds.\n  def add(a)\n    a\n  end\nend\n\nA.new.add(1)\n',
  rust: '/// Adds.\n#[inline]\nfn add(a: i32) -> i32 {\n    a\n}\n\nconst TOTAL: i32 = 0;\n',
  scala: 'object A {\n  /** Adds. */\n  def add(a: Int): Int = {\n    a\n  }\n}\n',
  swift: '/// Adds.\nfunc add(a: Int) -> Int {\n    return a\n}\n\nprint(add(a: 1))\n',
  typescript: 'class A {\n  /** Adds. */\n  @logged\n  add(a: number): number {\n    return a;\n  }\n}\n',
  tsx: '/** Shows. */\nconst Show = (): Node => {\n  return <b>hi</b>;\n};\n\nrender(<Show />);\n',
  zig: '/// Adds.\nfn add(a: i32) i32 {\n    return a;\n}\n\nconst total: i32 = 0;\n',
};

describe.each(languages)('$id', ({ id, path }) => {
  const source = ORDINARY[id]!;

  test('ordinary code has a function with its documentation', async () => {
    const functions = await chunksOf(path, source);
    expect(functions.filter(({ doc }) => /^(?:Add )?(?:[Aa]dds|Shows)\./.test(doc))).toHaveLength(1);
  });

  test.each(['', '\uFEFF', '\n\n\n', '  \r\n\t\r\n', '\uFEFF\n \n'])('nothing comes of %j', async (text) => {
    expect((await parser.parse(path, text)).functions).toEqual([]);
  });

  test('CRLF gives the same chunks as LF', async () => {
    expect(await chunksOf(path, source.replaceAll('\n', '\r\n'))).toEqual(await chunksOf(path, source));
  });

  test.each([
    ['a text that ends at any place', (text: string) => text.slice(0, Math.ceil(text.length * 0.7))],
    ['braces that nobody closes', (text: string) => `${text}\n${'{ ( ['.repeat(50)}`],
    ['braces that nobody opened', (text: string) => `${') ] } '.repeat(50)}\n${text}`],
    ['NUL', (text: string) => text.replaceAll(' ', ' \0').concat('\0')],
    ['lone surrogates', (text: string) => `\uD800${text.replaceAll('a', 'a\uDC00')}\uDBFF`],
    ['a string that nobody closes', (text: string) => `${text}\n"\n'\n\`\n"""\n${text}`],
    ['a line of 100 kB', (text: string) => `${text}\n${'word '.repeat(20_000)}\n${text}`],
    ['300 kB of functions with no line end', (text: string) => onOneLine(text).repeat(300_000 / text.length)],
  ])('comes back within bounds: %s', async (_what, change) => {
    const text = change(source);
    expect((await chunksOf(path, text)).length).toBeGreaterThan(0);
  });
});

/** What nests, by language: opened so often, then closed as often. */
const NESTS: readonly (readonly [path: string, before: string, open: string, middle: string, close: string])[] = [
  ['parens.py', 'x = ', '(', '1', ')'],
  ['lists.py', 'x = ', '[', '', ']'],
  ['parens.js', 'x = ', '(', '1', ')'],
  ['braces.js', '', '{', '', '}'],
  ['functions.js', '', 'function f(){', '', '}'],
  ['arrows.js', 'x = ', 'a => ', '1', ''],
  ['classes.ts', '', 'class A { m() {', '', '}}'],
  ['parens.c', 'int f() { return ', '(', '1', ')'],
  ['braces.c', 'int f() ', '{', '', '}'],
  ['pointers.c', 'int ', '*', 'f() {}', ''],
  ['declarators.c', 'int ', '(', 'f', ')'],
  ['templates.cpp', 'void ', 'A<', 'int', '>'],
  ['namespaces.cpp', '', 'namespace a {', '', '}'],
  ['classes.java', '', 'class A {', '', '}'],
  ['parens.java', 'class A { int a = ', '(', '1', ')'],
  ['parens.hs', 'f = ', '(', '1', ')'],
  ['lists.hs', 'f = ', '[', '', ']'],
  ['subshells.sh', '', '(', 'a', ')'],
  ['groups.sh', '', '{ ', 'a;', '};'],
  ['substitutions.sh', 'echo ', '$(', 'a', ')'],
  ['modules.rb', '', 'module A\n', '', 'end\n'],
  ['functions.lua', '', 'function f() ', '', 'end '],
  ['modules.rs', '', 'mod a {', '', '}'],
  ['tags.tsx', 'const a = ', '<a>', '', '</a>'],
  ['parens.go', 'package a\nvar a = ', '(', '1', ')'],
  ['text.unknown', '', '(', '', ')'],
];

describe('20,000 levels deep', () => {
  test.each(NESTS)('%s', async (path, before, open, middle, close) => {
    await chunksOf(path, before + open.repeat(DEEP) + middle + close.repeat(DEEP));
  });

  test.each(NESTS)('%s, never closed', async (path, before, open) => {
    await chunksOf(path, before + open.repeat(DEEP));
  });
});

describe('large files', () => {
  test('3 MB of ordinary functions are all found', async () => {
    const texts = Array.from(
      { length: 40_000 },
      (_, i) => `// Adds ${i}.\nexport const add${i} = (a, b) => {\n  return a;\n};\n`,
    );
    const text = texts.join('\n').padEnd(3_000_000, '\n');
    const { functions, problem } = await parsed('large.js', text);
    if (problem === null) expect(functions).toHaveLength(40_000);
    else expect(functions.every(({ kind }) => kind === 'lines')).toBe(true);
  });

  test('many declarations of one statement are each found', async () => {
    const names = Array.from({ length: 15_000 }, (_, i) => `a${i} = function () { return ${i} }`);
    const functions = await chunksOf('bundle.js', `var ${names.join(', ')};`);
    expect(functions).toHaveLength(15_000);
    expect(functions[7]).toMatchObject({ name: 'a7', code: 'a7 = function () { return 7 }' });
  });

  test('a file in no known language becomes windows that overlap', async () => {
    const text = Array.from({ length: 100 }, (_, i) => `line ${i + 1}`).join('\n');
    const { language, functions, problem } = await parsed('notes.unknown', text);
    expect({ language, problem }).toEqual({ language: 'text', problem: null });
    expect(functions.map(({ kind, startLine, endLine }) => [kind, startLine, endLine])).toEqual([
      ['lines', 1, 40],
      ['lines', 35, 74],
      ['lines', 69, 100],
    ]);
  });
});

/** Without the comments that would swallow the rest of the line. */
function onOneLine(text: string): string {
  return text.replace(/^\s*(?:\/\/|--|#).*$/gm, '').replaceAll('\n', ' ');
}

async function chunksOf(path: string, text: string): Promise<readonly CodeFunction[]> {
  return (await parsed(path, text)).functions;
}

/** Parses, and holds every chunk to the file's bounds. */
async function parsed(path: string, text: string): Promise<ParsedFile> {
  const file = await parser.parse(path, text);
  const lineCount = text.split('\n').length;
  const outside = file.functions.filter(
    ({ startLine, endLine, name, code }) =>
      startLine < 1 || endLine < startLine || endLine > lineCount || name === '' || code.length > text.length,
  );
  expect(outside).toEqual([]);
  return file;
}
