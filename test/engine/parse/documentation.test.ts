/** Documentation of real code: each definition has its own, whatever stands between, and nobody has another's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

type Case = readonly [what: string, path: string, source: string, found: readonly string[]];

/** `found`: each function's first line, name and documentation. */
const ELIXIR: readonly Case[] = [
  [
    'a specification of several rows',
    'a.ex',
    '@doc "Adds."\n@spec f(\n        integer\n      ) :: integer\ndef f(a) do\n  a\nend',
    ['2 f: Adds.'],
  ],
  ['a blank row', 'a.ex', '@doc """\nAdds.\n"""\n\ndef f(a), do: a', ['5 f: Adds.']],
  ['a second `@doc` with metadata', 'a.ex', '@doc """\nAdds.\n"""\n@doc since: "1.2"\ndef f(a), do: a', ['4 f: Adds.']],
  ['a sigil', 'a.ex', '@doc ~S"""\nAdds.\n"""\ndef f(a), do: a', ['4 f: Adds.']],
  [
    'attributes of a component',
    'a.ex',
    '@doc """\nDraws.\n"""\nattr :rest, :global,\n  include: ~w(a b)\n\nslot :col do\n  attr :label, :string\nend\n\ndef table(a), do: a',
    ['4 table: Draws.'],
  ],
  [
    'a callback has its own',
    'a.ex',
    '@doc """\nOf the callback.\n"""\n@callback g(term) :: term\n\ndef f(a), do: a',
    ['6 f: '],
  ],
  [
    'a definition of another kind has its own',
    'a.ex',
    '@doc "Of the tensor."\ndefn g(x) do\n  x\nend\n\ndef f(a), do: a',
    ['6 f: '],
  ],
  ['hidden', 'a.ex', '@doc """\nAdds.\n"""\n@doc false\ndef f(a), do: a', ['4 f: ']],
];

const OTHERS: readonly Case[] = [
  [
    'the first overload speaks for all',
    'a.ts',
    '/** Adds. */\nfunction f(a: string): void;\nfunction f(a: any) {}',
    ['2 f: Adds.'],
  ],
  [
    'an overload without words leaves it to the next',
    'a.ts',
    'function f(a: string): void;\n/** Adds. */\nfunction f(a: any) {}',
    ['1 f: Adds.'],
  ],
  ['a pragma is none', 'a.hs', 'module A where\n{-# INLINE f #-}\n-- | Adds.\nf :: Int\nf = 1', ['2 f: Adds.']],
  ['a Sorbet signature stands between', 'a.rb', '# Adds.\nsig { returns(Integer) }\ndef f = 1', ['2 f: Adds.']],
];

test.each([...ELIXIR, ...OTHERS])('%s', async (_what, path, source, found) => {
  const { functions } = await parser.parse(path, source);
  const documented = functions.filter(({ kind }) => kind !== 'module');
  expect(documented.map(({ startLine, name, doc }) => `${startLine} ${name}: ${doc}`)).toEqual(found);
});

test.each([
  ['a type over several rows', 'a.hs', 'module A where\nf\n  :: Int\n  -> Int\nf x = x', 'f :: Int -> Int'],
  [
    'words behind each parameter',
    'a.hs',
    'module A where\nf\n  :: Int -- ^ one\n  -> Int -- ^ two\nf x = x',
    'f :: Int -> Int',
  ],
  ['a comment among decorators', 'a.py', '@one\n# why two\n@two\ndef f(a):\n    return a', 'def f(a)'],
  ['an arrow and a brace', 'a.scala', 'val f = (x: Int) => {\n  x\n}', 'val f = (x: Int)'],
])('signature: %s', async (_what, path, source, signature) => {
  const { functions } = await parser.parse(path, source);
  expect(functions.find(({ name }) => name === 'f')?.signature).toBe(signature);
});
