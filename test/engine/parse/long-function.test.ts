/** A function of more than 80 rows comes as parts, cut where statements start, each pointing back to the whole. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser, type SourceParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

let parser: SourceParser;
beforeAll(async () => {
  parser = await createParser(grammarDir(INSTALL_DIR));
});
afterAll(() => parser.dispose());

/** The statement takes three rows, so that a cut after 60 rows without regard to it would split one. */
const LONG: readonly (readonly [path: string, head: string, statement: string, end: string])[] = [
  ['a.py', '# Doc.\n@dec\ndef f(a):\n    x = 1', '    a.run(\n        1,\n    )', ''],
  ['a.js', '// Doc.\n\nfunction f(a) {\n  let x;', '  a.run(\n    1,\n  );', '}'],
  ['a.kt', '// Doc.\n\nfun f(a: A) {\n    val x = 1', '    a.run(\n        1,\n    )', '}'],
  ['a.ex', '# Doc.\n\ndef f(a) do\n  x = 1', '  run(\n    a\n  )', 'end'],
  ['a.rs', '// Doc.\n\nfn f(a: A) {\n    let x = 1;', '    a.run(\n        1,\n    );', '}'],
];

test.each(LONG)('%s', async (path, head, statement, end) => {
  const text = [head, ...Array.from({ length: 50 }, () => statement), end].join('\n').trimEnd();
  const rows = text.split('\n');
  const { functions } = await parser.parse(path, text);
  const parts = functions.filter(({ qualifiedName }) => qualifiedName === 'f');
  expect(parts.length).toBeGreaterThan(1);
  const whole = { startLine: head.indexOf('@') > 0 ? 2 : 3, endLine: rows.length };
  expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => ({ index, count: parts.length, ...whole })));
  expect([parts[0]!.startLine, parts.at(-1)!.endLine]).toEqual([whole.startLine, whole.endLine]);
  for (const { startLine } of parts.slice(1)) expect(rows[startLine - 1]).toBe(statement.split('\n')[0]);
  expect(parts.map(({ code }) => code).join('\n')).toBe(rows.slice(whole.startLine - 1).join('\n'));
});
