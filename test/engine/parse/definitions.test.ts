/** Definitions of real code that a grammar shows in an unusual place: each is found once, under its name, with its lines. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

/** `lines kind qualified.name`, one for each definition; what is left of a file is not among them. */
async function definitionsIn(path: string, rows: readonly string[]): Promise<string[]> {
  const { functions } = await parser.parse(path, rows.join('\n'));
  return functions
    .filter(({ kind }) => kind !== 'module')
    .map(({ startLine, endLine, kind, qualifiedName }) => `${startLine}-${endLine} ${kind} ${qualifiedName}`);
}

type Case = readonly [what: string, path: string, rows: readonly string[], found: readonly string[]];

const GO: readonly Case[] = [
  [
    'the first type of a group has its own lines only',
    'a.go',
    ['type (', '\tA struct{ x int }', '', '\tB interface{ F() }', ')', 'type C struct {', '\ty int', '}'],
    ['2-2 class A', '4-4 interface B', '6-8 class C'],
  ],
  [
    'a function value, an alias, a type made of a generic one',
    'a.go',
    ['var handle = func(x int) int {', '\treturn x', '}', 'type M = map[string]int', 'type S Stack[int]'],
    ['1-3 function handle', '4-4 type M', '5-5 type S'],
  ],
];

describe.each([['Go', GO]])('%s', (_language, cases) => {
  test.each(cases)('%s', async (_what, path, rows, found) => {
    expect(await definitionsIn(path, rows)).toEqual(found);
  });
});
