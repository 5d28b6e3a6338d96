/** When a batch is worth a transaction: soon at first, so that something can be found, later as large as usual. */
import { expect, test } from 'vitest';
import { type Gathered, isFull } from '../../../src/engine/update/batch.ts';

const gathered = (functions: number): Gathered =>
  ({ files: [{ functions: new Array(functions).fill(null) }], touched: [] }) as unknown as Gathered;

test.each([
  { batches: 0, most: undefined, functions: 64 },
  { batches: 1, most: undefined, functions: 128 },
  { batches: 3, most: undefined, functions: 512 },
  { batches: 2000, most: undefined, functions: 512 },
  { batches: 0, most: 16, functions: 16 },
  { batches: 9, most: 100, functions: 100 },
])('after $batches batches, at most $most: with $functions functions', ({ batches, most, functions }) => {
  expect(isFull(gathered(functions), batches, most)).toBe(true);
  expect(isFull(gathered(functions - 1), batches, most)).toBe(false);
});

test('many files without functions are a batch, too', () => {
  const touched = Array.from({ length: 256 }, (_, i) => ({ path: `${i}`, size: 1, mtimeMs: 1, ctimeMs: 1 }));
  expect(isFull({ files: [], touched }, 0)).toBe(true);
  expect(isFull({ files: [], touched: touched.slice(1) }, 0)).toBe(false);
});
