import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../src/core/query/parse-query.ts';
import { type FilterableRow, rowFilter } from '../../../src/engine/search/row-filter.ts';

const row: FilterableRow = { path: 'src/http/Client.ts', kind: 'method', language: 'typescript' };

const CASES: readonly [string, boolean][] = [
  ['lang:ts x', true],
  ['lang:python x', false],
  ['-lang:ts x', false],
  ['path:http x', true],
  ['path:SRC/HTTP x', true],
  ['path:src/*.ts x', false],
  ['path:src/**.ts x', true],
  ['path:cli*t.ts x', true],
  ['path:src\\http x', true],
  ['path:./src x', true],
  ['path:/src x', true],
  ['path:/http x', false],
  ['-path:/http x', true],
  ['path:/**/client.ts x', true],
  ['path:"src/http" x', true],
  ['path:"src/my dir" x', false],
  ['lang:"ts" x', true],
  ['path:a+b( x', false],
  ['-path:http x', false],
  ['kind:fn x', true],
  ['kind:class x', false],
  ['-kind:method x', false],
  ['-tests x', true],
  ['+tests x', false],
  ['lang:ts path:ftp x', false],
];

describe('rowFilter', () => {
  test.each(CASES)('%s', (input, kept) => {
    expect(rowFilter(parseQuery(input))!(row)).toBe(kept);
  });

  test('one file alone, within what the operators leave', () => {
    expect(rowFilter(parseQuery('retry'), row.path)!(row)).toBe(true);
    expect(rowFilter(parseQuery('retry'), `x/${row.path}`)!(row)).toBe(false);
    expect(rowFilter(parseQuery('retry kind:enum'), row.path)!(row)).toBe(false);
  });

  test('a query without operators filters nothing', () => {
    expect(rowFilter(parseQuery('retry with backoff'))).toBeNull();
  });
});
