import { expect, test, vi } from 'vitest';
import { atOnce, inTurns, type Steps } from '../../src/engine/steps.ts';

function* counting(to: number, steps: number[]): Steps<string> {
  for (let step = 1; step <= to; step++) {
    steps.push(step);
    yield;
  }
  return 'done';
}

test('at once, it returns what the work returns', () => {
  const steps: number[] = [];
  expect(atOnce(counting(3, steps))).toBe('done');
  expect(steps).toEqual([1, 2, 3]);
});

test('in turns, others have the thread before it begins and after each four milliseconds', async () => {
  let nowMs = 0;
  // A step takes as long as it takes to ask for the time.
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
  const steps: number[] = [];
  const before: number[] = [];
  const turn = async (): Promise<void> => {
    before.push(steps.length);
  };
  expect(await inTurns(counting(10, steps), turn)).toBe('done');
  expect(before).toEqual([0, 4, 8]);
  clock.mockRestore();
});

test('what a turn throws ends it', async () => {
  const steps: number[] = [];
  const refused = inTurns(counting(3, steps), () => Promise.reject(new Error('no more')));
  await expect(refused).rejects.toThrow('no more');
  expect(steps).toEqual([]);
});
