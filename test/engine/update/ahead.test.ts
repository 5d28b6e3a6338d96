/** Working ahead: results in order, no more under way than allowed, an error at its place. */
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { workedAhead } from '../../../src/engine/update/ahead.ts';

async function resultsOf(most: number, work: (item: number) => Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for await (const result of workedAhead([5, 1, 4, 2, 3], most, work)) results.push(result);
  return results;
}

test.each([1, 2, 9])('%i at once: in the order of the items', async (most) => {
  let underWay = 0;
  let peak = 0;
  const results = await resultsOf(most, async (item) => {
    peak = Math.max(peak, ++underWay);
    await setTimeout(item);
    underWay--;
    return 10 * item;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(peak).toBe(Math.min(most, 5));
});

test('what fails comes at its place, and what follows it bothers nobody', async () => {
  const seen: number[] = [];
  const reading = async (): Promise<void> => {
    const work = async (item: number): Promise<number> => {
      if (item < 3) throw new Error(`no ${item}`);
      return item;
    };
    for await (const result of workedAhead([4, 3, 2, 1], 4, work)) seen.push(result);
  };
  await expect(reading()).rejects.toThrow('no 2');
  expect(seen).toEqual([4, 3]);
});
