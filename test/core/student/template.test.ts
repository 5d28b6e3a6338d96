import { expect, test } from 'vitest';
import { textFields } from '../../../src/core/student/template.ts';

const TEMPLATE = '{name}\u001f{path}\u001f{code}';

test('a text is taken apart where its template has a separator', () => {
  expect(textFields(TEMPLATE, 'open\u001fsrc/a.ts\u001fopen() {}')).toEqual(['open', 'src/a.ts', 'open() {}']);
  expect(textFields(TEMPLATE, '\u001f\u001f')).toEqual(['', '', '']);
});

test('code that holds the separator itself stays whole', () => {
  expect(textFields(TEMPLATE, 'a\u001fb\u001fc\u001fd\u001fe')).toEqual(['a', 'b', 'c\u001fd\u001fe']);
});

test('a text that was made otherwise, such as a single word, is a first field', () => {
  expect(textFields(TEMPLATE, 'word')).toEqual(['word']);
  expect(textFields('{query}', 'a\u001fb')).toEqual(['a\u001fb']);
});
