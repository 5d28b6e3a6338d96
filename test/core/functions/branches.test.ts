/** Of the preprocessor's branches those are blanked that open what another has opened, and nothing else. */
import { expect, test } from 'vitest';
import { withFirstBranches } from '../../../src/core/functions/branches.ts';

const rows = (text: string): string[] =>
  withFirstBranches(text)
    .split('\n')
    .map((row) => row.trimEnd());

test.each([
  ['#if A\nf() {\n#else\ng() {\n#endif\n}', ['', 'f() {', '', '', '', '}']],
  ['#if A\nf() {\n#elif B\ng() {\n#else\nh() {\n#endif\n}', ['', 'f() {', '', '', '', '', '', '}']],
  ['#if A\r\nif (a) {\r\n#else\r\nif (b) {\r\n#endif\r\n}', ['', 'if (a) {', '', '', '', '}']],
  [
    '#if A\n#if B\nf() {\n#else\ng() {\n#endif\n#else\nh() {\n#endif\n}',
    ['', '', 'f() {', '', '', '', '', '', '', '}'],
  ],
])('%j', (text, expected) => {
  expect(rows(text)).toEqual(expected);
  expect(withFirstBranches(text)).toHaveLength(text.length);
});

test.each([
  '#if A\nf() {\n}\n#else\ng() {\n}\n#endif',
  '#if A\nf() {\n#endif\n}',
  '#if A\nf() {\n#else\ng();\n#endif\n}',
  '#if A\n}\n#else\n}}\n#endif',
  '#if A\nputs("{");\n#else\nputs("{");\n#endif',
  '#else\nf() {\n#endif\n#endif',
])('%j stays', (text) => expect(withFirstBranches(text)).toBe(text));

test.each(['#if A\n{\n#else\n{\n', '#if A\n{\n#else\n{\n#endif\n', '#if A\n', '\\"', '#if A\n{ "\\"'])(
  'a wall of %j is read in a time that grows with its length',
  (piece) => {
    const wall = `#else\n#if A\n{${piece.repeat(20_000)}`;
    const text = wall + '\n#endif'.repeat(20_000);
    expect(withFirstBranches(text)).toHaveLength(text.length);
  },
);
