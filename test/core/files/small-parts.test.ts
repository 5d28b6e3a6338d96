/** Braces in globs, git's configuration files, and attribute lines. */
import { expect, test } from 'vitest';
import { parseAttributes } from '../../../src/core/files/attribute-lines.ts';
import { expandBraces } from '../../../src/core/files/expand-braces.ts';
import { gitConfigValue } from '../../../src/core/files/git-config.ts';

test.each([
  ['a', ['a']],
  ['**/*.{js,map}', ['**/*.js', '**/*.map']],
  ['{a,b{c,d}}/{e,}', ['a/e', 'a/', 'bc/e', 'bc/', 'bd/e', 'bd/']],
  ['{a', ['{a']],
  ['a}', ['a}']],
  ['{}', ['']],
])('braces in %s', (glob, globs) => {
  expect(expandBraces(glob)).toEqual(globs);
});

test('a glob that would explode is held down', () => {
  expect(expandBraces('{a,b}'.repeat(40)).length).toBeLessThan(1100);
});

test.each([
  ['[core]\n\texcludesFile = ~/.ignore\n', '~/.ignore'],
  ['[Core] ExcludesFile=a # note', 'a'],
  ['[core]\nexcludesfile = "a b;c" ; note', 'a b;c'],
  ['[core]\nexcludesfile = "C:\\\\a"\r\n', 'C:\\a'],
  ['[core]\nexcludesfile = a\n[user]\nexcludesfile = b', 'a'],
  ['[core]\nexcludesfile = a\n[core]\nexcludesfile = b', 'b'],
  ['[core "x"]\nexcludesfile = a', null],
  ['# [core]\nexcludesfile = a', null],
  ['[core]\nexcludesfile', 'true'],
])('%j', (text, value) => {
  expect(gitConfigValue(text, 'core', 'excludesfile')).toBe(value);
});

test('attribute lines', () => {
  const text =
    '\uFEFFa linguist-generated\n# b linguist-vendored\n"c d" -linguist-vendored text\n!e linguist-generated\n[attr]f linguist-generated\ng linguist-generated=false linguist-vendored=true\nh text';
  expect(parseAttributes(text)).toEqual([
    { mark: 'generated', pattern: 'a', line: 1 },
    { mark: 'vendored', pattern: '!c d', line: 3 },
    { mark: 'generated', pattern: '!g', line: 6 },
    { mark: 'vendored', pattern: 'g', line: 6 },
  ]);
});
