import { expect, test } from 'vitest';
import { innermost } from '../../../src/core/functions/innermost.ts';

test('the innermost of several that hold a line', () => {
  const entries = [
    { name: 'Cart', startLine: 1, endLine: 9 },
    { name: 'Cart.add', startLine: 2, endLine: 4 },
    { name: 'Cart.total', startLine: 6, endLine: 8 },
  ];
  const at = (line: number): string | undefined => innermost(entries, line)?.name;
  expect([1, 3, 5, 8, 10].map(at)).toEqual(['Cart', 'Cart.add', 'Cart', 'Cart.total', undefined]);
});
