/** Recursion within tree-sitter, and what becomes of a parser after tree-sitter has come to harm. */

import { expect, test, vi } from 'vitest';
import { Parser } from 'web-tree-sitter';
import { grammarDir } from '../../../src/engine/install-dir.ts';
import { createParser } from '../../../src/engine/parse/parser.ts';
import { INSTALL_DIR } from '../install.ts';

const JAVA = 'class A {\n  int add(int a) {\n    return a;\n  }\n}\n';
const nested = (depth: number): string => `class A {\n  final${' a =>'.repeat(depth)} D document;\n  int count;\n}\n`;

test('what is too deep for the stack that tree-sitter comes with is parsed, and so is what comes after it', async () => {
  const parser = await createParser(grammarDir(INSTALL_DIR));
  // From 5,400 on that stack is overrun. It takes most of the time that a file has, or on a slow machine more: none passes.
  vi.spyOn(performance, 'now').mockReturnValue(0);
  expect((await parser.parse('Deep.java', nested(6000))).problem).toBe(null);
  vi.restoreAllMocks();
  expect((await parser.parse('A.java', JAVA)).functions.map(({ name }) => name)).toContain('add');
  expect((await parser.parse('dates.py', 'def parse_date(text):\n    return text\n')).functions).toHaveLength(1);
  parser.dispose();
});

test('a file that is too deep for JavaScript becomes line windows; one that harms tree-sitter makes all that follow so', async () => {
  const parser = await createParser(grammarDir(INSTALL_DIR));
  failing(new RangeError('Maximum call stack size exceeded'));
  expect((await parser.parse('A.java', JAVA)).problem).toBe('the parser failed: Maximum call stack size exceeded');
  expect((await parser.parse('A.java', JAVA)).problem).toBe(null);
  expect(parser.isBroken!()).toBe(false);

  failing(new Error('memory access out of bounds'));
  const broken = await parser.parse('A.java', JAVA);
  expect(broken).toMatchObject({ language: 'java', problem: 'the parser failed: memory access out of bounds' });
  expect(broken.functions.map(({ kind }) => kind)).toEqual(['lines']);
  expect((await parser.parse('A.java', JAVA)).problem).toBe('the parser failed on another file');
  expect(parser.isBroken!()).toBe(true);
  parser.dispose();
});

function failing(error: Error): void {
  vi.spyOn(Parser.prototype, 'parse').mockImplementationOnce(() => {
    throw error;
  });
}
