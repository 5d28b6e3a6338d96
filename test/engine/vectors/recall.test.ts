/** The graph over real vectors while 30 % of the functions are replaced. `test/bench/recall.ts` measures larger folders. */
import { expect, test } from 'vitest';
import { realVectors, recallWhileReplaced } from '../../bench/recall.ts';
import { INSTALL_DIR } from '../install.ts';

test('finds what the scan finds, however much is replaced: recall@10 of 0.98 or more at every step', async () => {
  const vectors = await realVectors(INSTALL_DIR, INSTALL_DIR, 3000);
  expect(vectors.rows.length).toBeGreaterThan(2000);
  expect(vectors.questions.length).toBeGreaterThan(50);
  const found = await recallWhileReplaced(INSTALL_DIR, vectors);
  expect(found.at(-1)!.replaced).toBeCloseTo(0.3);
  expect(found.every(({ graph }) => graph)).toBe(true);
  expect(Math.min(...found.map(({ recall }) => recall))).toBeGreaterThanOrEqual(0.98);
});
