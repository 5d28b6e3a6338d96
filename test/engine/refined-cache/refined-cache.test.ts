/** The cache of refined vectors gives what was put in or nothing, whatever becomes of its file. */
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { type CachedVector, type CacheOptions, RefinedCache } from '../../../src/engine/refined-cache/refined-cache.ts';
import { createRandom, flipBit } from '../repair/random.ts';
import { temporaryFolder } from '../temporary.ts';
import { DIMENSIONS, entriesFrom, FINGERPRINT } from './entries.ts';

const HOUR_MS = 3_600_000;

let storageDir: string;

beforeEach(() => {
  storageDir = temporaryFolder();
});

function open(options: Partial<CacheOptions> = {}): RefinedCache {
  const cache = new RefinedCache({ storageDir, fingerprint: FINGERPRINT, dimensions: DIMENSIONS, ...options });
  onTestFinished(() => cache.close());
  return cache;
}

const hashesOf = (entries: readonly CachedVector[]): string[] => entries.map(({ contentHash }) => contentHash);

/** How many of the entries are there; none with another vector. */
function held(cache: RefinedCache, entries: readonly CachedVector[]): number {
  const found = cache.get(hashesOf(entries));
  for (const { contentHash, vector } of entries) expect(found.get(contentHash) ?? vector).toEqual(vector);
  return found.size;
}

const fileOf = (): string => join(storageDir, globSync('refined/*.db', { cwd: storageDir })[0]!);

test('what was put in is there for all who come, and nothing else', () => {
  const [first, entries] = [open(), entriesFrom(0, 300)];
  first.put(entries.slice(0, 200));
  expect(held(first, entries)).toBe(200);
  expect(held(open(), entries)).toBe(200);
  expect(open().get([])).toEqual(new Map());
  expect(held(open({ fingerprint: 'another-refiner' }), entries)).toBe(0);
  expect(held(open({ storageDir: temporaryFolder() }), entries)).toBe(0);
});

test('two at once see and add to the same', () => {
  const [a, b] = [open(), open()];
  for (let i = 0; i < 10; i++) (i % 2 === 0 ? a : b).put(entriesFrom(10 * i, 10));
  expect([held(a, entriesFrom(0, 100)), held(b, entriesFrom(0, 100))]).toEqual([100, 100]);
});

test('over the cap, what was not used for longest goes, and the file stays below it', () => {
  let now = 0;
  const mostBytes = 400_000;
  const cache = open({ mostBytes, now: () => now });
  const used = entriesFrom(0, 20);
  cache.put(used);
  for (let i = 1; i <= 60; i++) {
    now = 2 * HOUR_MS * i;
    expect(held(cache, used), `round ${i}`).toBe(20);
    cache.put(entriesFrom(100 * i, 100));
  }
  expect(held(cache, entriesFrom(6000, 100))).toBe(100);
  expect(held(cache, entriesFrom(100, 100))).toBe(0);
  cache.close();
  // What a batch brings comes before what has to go for it.
  expect(statSync(fileOf()).size).toBeLessThan(1.25 * mostBytes);
  expect(statSync(fileOf()).size).toBeGreaterThan(mostBytes / 2);
});

const GARBAGE: Readonly<Record<string, (file: Buffer) => Buffer>> = {
  'of text': () => Buffer.from('this is no database '.repeat(500)),
  'cut in half': (file) => file.subarray(0, file.length >> 1),
  'of nothing': () => Buffer.alloc(0),
  'whose last page is overwritten': (file) => Buffer.from(file).fill(0xa5, file.length - 4096),
};

test.each(Object.entries(GARBAGE))('a file %s is begun anew', (_, damage) => {
  const [first, entries] = [open(), entriesFrom(0, 200)];
  first.put(entries);
  first.close();
  writeFileSync(fileOf(), damage(readFileSync(fileOf())));
  const cache = open();
  expect(held(cache, entries)).toBeLessThan(200);
  cache.put(entries);
  // Damage may show only in the writing, and take what was written with it.
  cache.put(entries);
  expect(held(cache, entries)).toBe(200);
});

test('a bit that is turned over costs a vector or the cache, and never gives a wrong one', () => {
  const [first, entries] = [open(), entriesFrom(0, 60)];
  first.put(entries);
  first.close();
  const [file, sound, random] = [fileOf(), readFileSync(fileOf()), createRandom(3)];
  let lost = 0;
  for (let round = 0; round < 60; round++) {
    writeFileSync(file, flipBit(sound, random));
    const cache = open();
    lost += 60 - held(cache, entries);
    cache.close();
  }
  expect(lost).toBeGreaterThan(30);
});

test('where a folder cannot be made, it holds nothing and says nothing', () => {
  writeFileSync(join(storageDir, 'refined'), '');
  const cache = open();
  cache.put(entriesFrom(0, 3));
  expect(held(cache, entriesFrom(0, 3))).toBe(0);
  const inPlace = temporaryFolder();
  mkdirSync(join(inPlace, 'refined'));
  expect(held(open({ storageDir: inPlace }), entriesFrom(0, 3))).toBe(0);
});

test.each([1, 4, 9])('whoever is killed after batch %i leaves what was whole', async (batch) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cache-child.ts'), storageDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let batches = 0;
  for await (const _ of createInterface(child.stdout)) if (++batches === batch) child.kill('SIGKILL');
  await ended;
  expect(batches).toBeLessThan(1000);
  const cache = open();
  expect(held(cache, entriesFrom(0, 50 * batch))).toBe(50 * batch);
  expect(held(cache, entriesFrom(0, 50_000)) % 50).toBe(0);
  cache.put(entriesFrom(90_000, 10));
  expect(held(cache, entriesFrom(90_000, 10))).toBe(10);
});
