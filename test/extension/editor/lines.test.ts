import { describe, expect, test } from 'vitest';
import { afterEdit, type Edit, paragraph } from '../../../src/extension/editor/lines.ts';

const LINES = { startLine: 5, endLine: 7 };
const edit = (line: number, character: number, endLine: number, endCharacter: number, text: string): Edit => ({
  start: { line, character },
  end: { line: endLine, character: endCharacter },
  text,
});

describe('lines after an edit', () => {
  test.each([
    ['a line put in above', edit(1, 0, 1, 0, 'new\n'), { startLine: 6, endLine: 8 }],
    ['two lines put in right above', edit(4, 0, 4, 0, 'a\nb\n'), { startLine: 7, endLine: 9 }],
    ['lines removed above', edit(1, 0, 3, 0, ''), { startLine: 3, endLine: 5 }],
    ['the line right above removed', edit(3, 0, 4, 0, ''), { startLine: 4, endLine: 6 }],
    ['a word above', edit(2, 3, 2, 5, 'x'), LINES],
    ['an edit below', edit(7, 0, 9, 4, 'x\ny'), LINES],
    ['a letter in the first line', edit(4, 0, 4, 0, 'x'), null],
    ['a letter in the last line', edit(6, 9, 6, 9, 'x'), null],
    ['a new line within', edit(5, 2, 5, 2, '\n'), null],
    ['the first line joined to the one above', edit(3, 8, 4, 0, ''), null],
    ['everything replaced', edit(0, 0, 20, 0, 'x\n'), null],
  ])('%s', (_, change, expected) => {
    expect(afterEdit(LINES, change)).toEqual(expected);
  });
});

test('the paragraph around a line', () => {
  const lines = ['a', 'b', '  ', 'c', ''];
  const at = (line: number) => paragraph(lines.length, (n) => lines[n - 1]!, line);
  expect(at(2)).toEqual({ startLine: 1, endLine: 2 });
  expect(at(4)).toEqual({ startLine: 4, endLine: 4 });
  expect([at(3), at(5)]).toEqual([null, null]);
});
