import { expect, test } from 'vitest';
import { BATTERY_SHARE, createDutyCycle } from '../../src/service/duty-cycle.ts';
import { createBench } from './harness.ts';

const MINUTE_MS = 60_000;
const never = new AbortController().signal;

/** A clock that only work and rests move on. */
function bench(power: () => boolean) {
  const rests: number[] = [];
  let nowMs = 0;
  const sleep = async (ms: number): Promise<void> => {
    rests.push(ms);
    nowMs += ms;
  };
  const duty = createDutyCycle(
    async () => power(),
    sleep,
    () => nowMs,
  );
  const work = async (rest: (signal: AbortSignal) => Promise<void>, ms: number, signal = never): Promise<void> => {
    nowMs += ms;
    await rest(signal);
  };
  return { rests, duty, work };
}

test('on mains nothing rests', async () => {
  const { rests, duty, work } = bench(() => false);
  const rest = duty.begin();
  for (let i = 0; i < 5; i++) await work(rest, 400);
  expect(rests).toEqual([]);
  expect(duty.onBattery).toBe(false);
});

test('on battery work has its share of the time', async () => {
  const { rests, duty, work } = bench(() => true);
  const rest = duty.begin();
  await Promise.resolve();
  for (let i = 0; i < 5; i++) await work(rest, 400);
  const rested = rests.reduce((sum, ms) => sum + ms, 0);
  expect(2000 / (2000 + rested)).toBeCloseTo(BATTERY_SHARE);
  expect(duty.onBattery).toBe(true);
});

test('what takes a moment, like a file that was saved, does not rest', async () => {
  const { rests, duty, work } = bench(() => true);
  const rest = duty.begin();
  await Promise.resolve();
  await work(rest, 100);
  expect(rests).toEqual([]);
  await work(rest, 200);
  expect(rests).toEqual([900]);
});

test('no rest is long, and none is begun by who has been cancelled', async () => {
  const { rests, duty, work } = bench(() => true);
  const rest = duty.begin();
  await Promise.resolve();
  await work(rest, MINUTE_MS);
  expect(rests).toEqual([5000]);
  await work(rest, 400, AbortSignal.abort());
  expect(rests).toHaveLength(1);
});

test('who plugs in is noticed', async () => {
  let isUnplugged = true;
  const { rests, duty, work } = bench(() => isUnplugged);
  const rest = duty.begin();
  await Promise.resolve();
  await work(rest, 400);
  isUnplugged = false;
  await work(rest, MINUTE_MS);
  await Promise.resolve();
  const before = rests.length;
  await work(rest, 400);
  expect(rests).toHaveLength(before);
});

test('who unplugs waits for no work that was done before', async () => {
  let isUnplugged = false;
  const { rests, duty, work } = bench(() => isUnplugged);
  const rest = duty.begin();
  await Promise.resolve();
  isUnplugged = true;
  await work(rest, MINUTE_MS);
  await Promise.resolve();
  await work(rest, 400);
  expect(rests).toEqual([1200]);
});

test('a rest ends with what it belongs to', async () => {
  const duty = createDutyCycle(async () => true, undefined, slowClock());
  const rest = duty.begin();
  await Promise.resolve();
  const cancelling = new AbortController();
  const resting = rest(cancelling.signal);
  cancelling.abort();
  // Without the signal: minutes, and the test's own limit.
  await resting;
});

/** Each look at it is an hour later. */
function slowClock(): () => number {
  let nowMs = 0;
  return () => {
    nowMs += 60 * MINUTE_MS;
    return nowMs;
  };
}

test('the process tells that it works slowly, and a search does not', async () => {
  process.env.KENNING_TEST_BATTERY = '1';
  try {
    const { client, folder, until } = createBench();
    const options = folder('a', 'a line of text', { batches: 4, batchMs: 30 });
    client.openFolder(options);
    client.update(options.folder, { paths: null, rebuild: false });
    await until(() => client.folders[0]?.progress?.onBattery === true, 'slow');
    const answer = await client.search({ query: 'line', limit: 1 });
    expect(answer?.hits).toHaveLength(1);
    await until(() => client.folders[0]?.status?.complete === true, 'complete');
  } finally {
    delete process.env.KENNING_TEST_BATTERY;
  }
});
