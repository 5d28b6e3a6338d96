/** Refining in threads: the same vectors, in order, after searches, whatever becomes of the threads. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readModel } from '../../../src/engine/embed/model-card.ts';
import { loadRefiner, type Refiner } from '../../../src/engine/embed/refiner.ts';
import { readRefiner } from '../../../src/engine/embed/refiner-card.ts';
import type { Entry } from '../../../src/engine/embed/refiner-runs.ts';
import { openRuntime } from '../../../src/engine/embed/runtime.ts';
import {
  createThreadedRefiner,
  type RefineThreadOptions,
  type ThreadedRefiner,
} from '../../../src/engine/embed/threaded-refiner.ts';
import { modelDir, REFINER_MODEL } from '../../../src/engine/install-dir.ts';
import { monotonicMs } from '../../../src/engine/standing-still.ts';
import { INSTALL_DIR } from '../install.ts';
import { installWithRefiner } from '../tiny-refiner.ts';
import { RUNTIMES } from './runtime-names.ts';

const NAMING_THREAD = pathToFileURL(join(import.meta.dirname, 'naming-thread.ts'));
/** More than four parts of 512 tokens. */
const TEXTS = Array.from({ length: 400 }, (_, i) => `${'parse the date of a cart '.repeat(1 + (i % 7))} ${i % 9}`);
const IN_AN_HOUR = BigInt(monotonicMs() + 3_600_000);

let dir: string;
let own: Refiner;
let entries: Entry[];

beforeEach(async () => {
  dir = modelDir(installWithRefiner(), REFINER_MODEL);
  own = await loadRefiner(await readRefiner(dir, await readModel(modelDir(INSTALL_DIR))));
  const bases = TEXTS.map((_, i) => new Float32Array(own.dimensions).fill(0.01 * (1 + (i % 5)), i % 100));
  entries = own.entriesOf(TEXTS, bases);
});

afterEach(() => own.dispose());

function threaded(options: Partial<RefineThreadOptions> = {}, behind = own): ThreadedRefiner {
  const stillUntil = stillUntilOf(0n);
  const refiner = createThreadedRefiner(behind, { dir, runtime: 'native', threads: 2, stillUntil, ...options });
  onTestFinished(() => refiner.dispose());
  return refiner;
}

const stillUntilOf = (ms: bigint): BigInt64Array => new BigInt64Array(new SharedArrayBuffer(8)).fill(ms);

/** With threads that say which they are. */
const naming = (options: Partial<RefineThreadOptions> = {}): ThreadedRefiner =>
  threaded({ script: NAMING_THREAD, dir: own.fingerprint, ...options }, { ...own, dimensions: 1 });

describe.each(RUNTIMES)('in the %s runtime', (runtime) => {
  test('every text has the vector that it has without threads, an empty one none', async () => {
    await openRuntime(runtime);
    const refiner = threaded({ runtime });
    const all = [...own.entriesOf([''], [entries[0]!.base]), ...entries];
    const [first, second] = await Promise.all([refiner.refineCode(all), refiner.refineCode(all.toReversed())]);
    const expected = await own.refineCode(all);
    expect(first[0]).toEqual(new Float32Array(own.dimensions));
    expectLike(first, expected);
    expectLike(second.toReversed(), expected);
  });
});

test('both threads work, only one of them while it is to be sparing', async () => {
  const both = await naming().refineCode(entries);
  expect(new Set(both.map(([id]) => id)).size).toBe(2);
  const one = await naming({ isSparing: () => true }).refineCode(entries);
  expect(new Set(one.map(([id]) => id)).size).toBe(1);
});

test('stands still as long as it is told to', async () => {
  const stillUntil = stillUntilOf(0n);
  const refiner = threaded({ stillUntil });
  // They have started.
  await refiner.refineCode(entries);
  Atomics.store(stillUntil, 0, IN_AN_HOUR);
  let isDone = false;
  const refining = refiner.refineCode(entries.slice(0, 1)).then(() => {
    isDone = true;
  });
  await sleep(100);
  expect(isDone).toBe(false);
  Atomics.store(stillUntil, 0, 0n);
  await refining;
});

test.each([
  ['that cannot start', { script: pathToFileURL(join(import.meta.dirname, 'no-such-thread.ts')) }],
  ['whose model has gone', { dir: '/nowhere' }],
  ['that have another model', { script: NAMING_THREAD, dir: 'another' }],
])('threads %s are done without', async (_, options) => {
  expectLike(await threaded(options).refineCode(entries), await own.refineCode(entries));
});

test('what threads that crash have not refined is refined without them', async () => {
  const crashing = [...entries.slice(0, -1), { ...entries.at(-1)!, base: new Float32Array(0) }];
  const behind = { ...own, dimensions: 1, refineCode: async (all: readonly Entry[]) => all.map(() => [-1]) };
  const refiner = threaded({ script: NAMING_THREAD, dir: own.fingerprint, threads: 1 }, behind as unknown as Refiner);
  const vectors = await refiner.refineCode(crashing);
  expect(vectors.at(-1)).toEqual(Float32Array.of(-1));
  expect(vectors.filter(([id]) => id! > 0).length).toBeGreaterThan(0);
  expect(await refiner.refineCode(entries.slice(0, 1))).toEqual([Float32Array.of(-1)]);
});

test('a turn is asked for before texts are handed out, and what it throws ends the work', async () => {
  const stop = new Error('stop');
  const refiner = naming();
  let turns = 0;
  await refiner.refineCode(entries, async () => {
    turns++;
  });
  expect(turns).toBeGreaterThan(4);
  await expect(refiner.refineCode(entries, () => Promise.reject(stop))).rejects.toBe(stop);
  expect(await refiner.refineCode(entries.slice(0, 1))).toHaveLength(1);
});

test('what is not refined when it is disposed of is cancelled, also while it stands still', async () => {
  const refiner = threaded({ stillUntil: stillUntilOf(IN_AN_HOUR) });
  const refining = refiner.refineCode(entries);
  const expected = expect(refining).rejects.toMatchObject({ code: 'cancelled' });
  await sleep(50);
  await refiner.dispose();
  await expected;
});

/** But for rounding: which texts share a run differs. */
function expectLike(found: readonly Float32Array[], expected: readonly Float32Array[]): void {
  expect(found).toHaveLength(expected.length);
  const differences = expected.map((vector, i) =>
    vector.reduce((most, value, k) => Math.max(most, Math.abs(value - found[i]![k]!)), 0),
  );
  expect(Math.max(...differences)).toBeLessThan(1e-5);
}
