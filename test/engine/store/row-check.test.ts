/** A row's checks change with everything that they cover, and are the same however a version of Node reads the row. */
import { expect, test } from 'vitest';
import { checkOfContent, checkOfFile, checkOfTexts, type FunctionTexts } from '../../../src/engine/store/row-check.ts';

const ROW: FunctionTexts = {
  file_id: 3,
  kind: 1,
  name: 'moor',
  qualified_name: 'Ship.moor',
  preview: 'def moor(self):',
  start_line: 4,
  end_line: 9,
  part: null,
  content_hash: 'abc',
};

test.each(Object.keys(ROW) as (keyof FunctionTexts)[])('another %s is another check', (key) => {
  const value = typeof ROW[key] === 'number' ? 77 : 'another';
  expect(checkOfTexts({ ...ROW, [key]: value })).not.toBe(checkOfTexts(ROW));
});

test('a text is told up to its first null character', () => {
  const whole = checkOfTexts({ ...ROW, preview: 'def\0 moor' });
  expect(whole).toBe(checkOfTexts({ ...ROW, preview: 'def' }));
  expect(whole).not.toBe(checkOfTexts({ ...ROW, preview: 'de' }));
});

test('values of a damaged type are another check, not an exception', () => {
  const damaged = { ...ROW, name: new Uint8Array([1]), part: 5 } as unknown as FunctionTexts;
  expect(checkOfTexts(damaged)).not.toBe(checkOfTexts(ROW));
  expect(checkOfContent(null as unknown as Uint8Array, new Uint8Array())).toBeNaN();
  expect(checkOfContent(new Uint8Array(), 'text' as unknown as Uint8Array)).toBeNaN();
});

test('vector and terms, and what is said of a file, are covered', () => {
  const [vector, terms] = [Int8Array.of(1, -2), Uint8Array.of(3)];
  expect(checkOfContent(new Uint8Array(vector.buffer), terms)).toBe(checkOfContent(vector, terms));
  expect(checkOfContent(Int8Array.of(1, -3), terms)).not.toBe(checkOfContent(vector, terms));
  expect(checkOfContent(vector, Uint8Array.of(4))).not.toBe(checkOfContent(vector, terms));
  const file = { path: 'a.py', hash: 'h', language: 'python', skip: null };
  for (const change of [{ path: 'b.py' }, { hash: 'i' }, { language: 'go' }, { skip: 'binary' }]) {
    expect(checkOfFile({ ...file, ...change })).not.toBe(checkOfFile(file));
  }
});
