/** One bit of the database turned over, at hundreds of seeded places: noticed and named, or nothing that is read differs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { verifyIndex } from '../../../src/engine/repair/verify.ts';
import { recordIdentity } from '../../../src/engine/store/index-folder.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { DIMENSIONS, fileRecord } from '../store/records.ts';
import { sharedFolder, temporaryFolder } from '../temporary.ts';
import { createRandom, flipBit } from './random.ts';

const IDENTITY = { format: 1, chunker: 1, model: 'made-up-0' };
const FILES = Array.from({ length: 30 }, (_, i) =>
  fileRecord(
    `dir/${i}.py`,
    Array.from({ length: 10 }, (_, f) => `function_${i}_${f}`),
  ),
);
const NAMES = FILES.flatMap(({ functions }) => functions.map(({ fn }) => fn.name));

type Noticed = 'opening' | 'reading' | 'verifying' | 'never';

const peaceful = sharedFolder();
let sound: Buffer;
let expected: readonly unknown[];
/** Functions that were left of each that was mended. */
const kept: number[] = [];

const placeIn = (dir: string): string => join(dir, 'folder', 'index');

beforeAll(() => {
  const dir = placeIn(peaceful);
  const store = Store.open(dir, '/folder');
  store.commit({ upserts: FILES });
  store.commit({ removed: ['dir/3.py'], skipped: { binary: 2 }, finished: true });
  expected = readAll(store);
  store.close();
  sound = readFileSync(join(dir, 'index.db'));
});

function readAll(store: Store): unknown[] {
  const rows = [...store.rows.after(0)];
  const { updatedAt: _, ...meta } = store.meta();
  return [
    rows,
    store.functions(rows.map(({ id }) => id)),
    store.files.rows(),
    store.termIds(NAMES),
    store.rows.goneAfter(0),
    meta,
  ];
}

/** As an index of its own, opened, verified, and read whole where nothing is found. */
async function howNoticed(database: Buffer): Promise<Noticed> {
  const dir = placeIn(temporaryFolder());
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'index.db'), database);
  recordIdentity(dir, IDENTITY);
  const store = Store.open(dir, '/folder');
  onTestFinished(() => store.close());
  try {
    if (store.counts().functions === 0) return 'opening';
  } catch (error) {
    expect(error).toMatchObject({ code: 'index-unreadable' });
    await expectMended(dir);
    return 'reading';
  }
  const report = await verifyIndex({ folder: '/folder', store, identity: IDENTITY, dimensions: DIMENSIONS });
  if (report.sound) {
    expect(readAll(store)).toEqual(expected);
    return 'never';
  }
  expect(report.remedy).toContain('anew');
  expect(report.checks.flatMap(({ problems }) => problems).join()).not.toBe('');
  await expectMended(dir);
  return 'verifying';
}

/** Opened again, it is sound, and holds nothing that it did not hold. */
async function expectMended(dir: string): Promise<void> {
  const store = Store.open(dir, '/folder');
  onTestFinished(() => store.close());
  recordIdentity(dir, IDENTITY);
  const report = await verifyIndex({ folder: '/folder', store, identity: IDENTITY, dimensions: DIMENSIONS });
  const rows = [...store.rows.after(0)];
  const before = new Set((expected[0] as unknown[]).map((row) => JSON.stringify(row)));
  expect(rows.every((row) => before.has(JSON.stringify(row)))).toBe(true);
  kept.push(rows.length);
  const complete = rows.length === before.size || !store.meta().complete;
  const found = report.checks.flatMap(({ problems }) => problems);
  expect({ found, complete, damaged: store.damaged }).toEqual({ found: [], complete: true, damaged: false });
}

test('as it was written it is sound', async () => {
  expect(await howNoticed(sound)).toBe('never');
});

test.each([1, 4, 7])('one bit turned over, seed %d', async (seed) => {
  const random = createRandom(seed);
  const found: Record<Noticed, number> = { opening: 0, reading: 0, verifying: 0, never: 0 };
  for (let round = 0; round < 40; round++) found[await howNoticed(flipBit(sound, random))]++;
  expect(found.verifying).toBeGreaterThan(10);
  // One file's functions are read again, those of all others answer meanwhile.
  expect(Math.max(...kept)).toBe(280);
});

test('cut anywhere, it is noticed', async () => {
  const random = createRandom(5);
  const lengths = [0, 1, 15, 16, 99, 100, 4095, 4096, 4097, ...Array.from({ length: 20 }, () => random(sound.length))];
  for (const length of lengths) expect(await howNoticed(sound.subarray(0, length)), `${length}`).not.toBe('never');
});
