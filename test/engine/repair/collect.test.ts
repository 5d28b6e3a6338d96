/** What `gc` removes and what it leaves alone. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { CHUNKER_VERSION } from '../../../src/core/functions/version.ts';
import type { CollectOptions, CollectReport } from '../../../src/engine/api/repair.ts';
import { cachePath } from '../../../src/engine/refined-cache/cache-file.ts';
import { RefinedCache } from '../../../src/engine/refined-cache/refined-cache.ts';
import { collectIndexes } from '../../../src/engine/repair/collect.ts';
import { indexFolder, recordIdentity } from '../../../src/engine/store/index-folder.ts';
import { FORMAT_VERSION } from '../../../src/engine/store/schema.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { acquireWriterLock } from '../../../src/engine/store/writer-lock.ts';
import { entriesFrom } from '../refined-cache/entries.ts';
import { temporaryFolder } from '../temporary.ts';

const DAY_MS = 24 * 3_600_000;
const IDENTITY = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: 'one-0' };

let root: string;
let storageDir: string;

beforeEach(() => {
  root = temporaryFolder();
  storageDir = join(root, 'storage');
});

interface Made {
  readonly folder: string;
  readonly dir: string;
}

/** An index of a folder that exists, last used so many days ago; half a megabyte and a little more. */
function make(name: string, daysAgo: number, identity = IDENTITY): Made {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  const dir = indexFolder(storageDir, folder, identity);
  Store.open(dir, folder).close();
  writeFileSync(join(dir, 'base-1-00000000.seg'), Buffer.alloc(500_000));
  recordIdentity(dir, identity);
  use(dir, Date.now() - daysAgo * DAY_MS);
  return { folder, dir };
}

function use(dir: string, time: number): void {
  utimesSync(join(dir, 'identity.json'), time / 1000, time / 1000);
}

const collect = (options: Partial<CollectOptions> = {}): CollectReport => collectIndexes({ storageDir, ...options });

const removals = ({ removed }: CollectReport): [string | undefined, string][] =>
  removed.map(({ folder, reason }) => [folder?.slice(root.length + 1), reason]);

test('a storage that is not there holds nothing', () => {
  expect(collect()).toEqual({ kept: [], removed: [], refused: [], keptBytes: 0, cacheBytes: 0, freedBytes: 0 });
});

test('the index of a newer version stays, as long as its folder is there and something has used it lately', () => {
  const newer = [
    make('a', 1, { ...IDENTITY, format: FORMAT_VERSION + 1 }),
    make('b', 1, { ...IDENTITY, chunker: CHUNKER_VERSION + 1 }),
  ];
  expect(removals(collect())).toEqual([]);
  for (const { folder } of newer) rmSync(folder, { recursive: true });
  expect(removals(collect())).toEqual([
    ['a', 'folder-gone'],
    ['b', 'folder-gone'],
  ]);
});

test('what is used is listed and stays', () => {
  const { folder, dir } = make('a', 3);
  const report = collect();
  expect(report.kept).toEqual([{ dir, folder, model: 'one-0', bytes: expect.any(Number), usedAt: expect.any(Number) }]);
  expect(report.keptBytes).toBeGreaterThan(500_000);
  expect(removals(report)).toEqual([]);
});

test('an index whose folder is gone goes, with all around it; a dry run only says so', () => {
  const [{ folder, dir }, other] = [make('a', 1), make('b', 1)];
  rmSync(folder, { recursive: true });
  const dry = collect({ dryRun: true });
  expect(existsSync(dir)).toBe(true);
  const report = collect();
  expect(removals(report)).toEqual([['a', 'folder-gone']]);
  expect(removals(dry)).toEqual(removals(report));
  expect(report.freedBytes).toBe(dry.freedBytes);
  expect(readdirSync(storageDir)).toEqual([basename(dirname(other.dir))]);
});

test.each([null, Number.NaN, '2 GB'])('a budget of %j is none', (budget) => {
  make('a', 1);
  expect(removals(collect({ budgetBytes: budget as number, onlyOverBudget: true }))).toEqual([]);
});

test('a folder that is a file by now is gone', () => {
  const { folder } = make('a', 1);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  expect(removals(collect())).toEqual([['a', 'folder-gone']]);
});

test('of several models, those go that were not used for a month while another was', () => {
  make('a', 1);
  make('a', 20, { ...IDENTITY, model: 'two-0' });
  make('a', 40, { ...IDENTITY, model: 'three-0' });
  make('b', 400);
  const { removed, kept } = collect();
  expect(removed.map(({ model, reason }) => [model, reason])).toEqual([['three-0', 'unused-model']]);
  expect(kept).toHaveLength(3);
});

test('what was set aside, half deleted or made by an older version goes', () => {
  const { dir } = make('a', 1);
  make('a', 1, { ...IDENTITY, format: FORMAT_VERSION - 1 });
  mkdirSync(`${dir}.broken`);
  writeFileSync(join(`${dir}.broken`, 'index.db'), 'not a database');
  const half = make('b', 1);
  renameSync(dirname(half.dir), `${dirname(half.dir)}.deleted`);
  const report = collect();
  expect(report.removed.map(({ reason }) => reason)).toEqual(['leftover', 'leftover', 'leftover']);
  expect(report.kept.map((index) => index.dir)).toEqual([dir]);
  expect(readdirSync(storageDir)).toHaveLength(1);
  expect(readdirSync(dirname(dir)).sort()).toEqual([basename(dir), 'folder.txt'].sort());
});

test('what a removal of leftovers left, that was killed in its midst, goes', () => {
  const { dir } = make('a', 1);
  mkdirSync(`${dir}.broken.deleted`);
  const half = make('b', 1);
  renameSync(dirname(half.dir), `${dirname(half.dir)}.deleted.deleted`);
  expect(collect().removed.map(({ reason }) => reason)).toEqual(['leftover', 'leftover']);
  expect([...readdirSync(storageDir), ...readdirSync(dirname(dir))].sort()).toEqual(
    [basename(dirname(dir)), basename(dir), 'folder.txt'].sort(),
  );
});

test('over a budget the longest unused goes first, until it is kept', () => {
  for (const [name, daysAgo] of [
    ['a', 2],
    ['b', 9],
    ['c', 5],
    ['d', 1],
  ] as const)
    make(name, daysAgo);
  expect(removals(collect({ budgetBytes: 1_300_000 }))).toEqual([
    ['b', 'over-budget'],
    ['c', 'over-budget'],
  ]);
  expect(removals(collect({ budgetBytes: 1_300_000 }))).toEqual([]);
});

test('folders that are to be kept stay, whatever the budget', () => {
  const { folder } = make('a', 9);
  make('b', 1);
  make('a', 300, { ...IDENTITY, model: 'two-0' });
  const report = collect({ budgetBytes: 1, keep: [folder] });
  expect(removals(report)).toEqual([['b', 'over-budget']]);
  expect(report.kept).toHaveLength(2);
});

test('in the background nothing goes while all are within the budget', () => {
  rmSync(make('a', 1).folder, { recursive: true });
  make('b', 9);
  expect(removals(collect({ budgetBytes: 2_000_000, onlyOverBudget: true }))).toEqual([]);
  expect(removals(collect({ budgetBytes: 1_000_000, onlyOverBudget: true }))).toEqual([['a', 'folder-gone']]);
});

test('an index that somebody has open, or is writing, stays and is told', () => {
  const [read, written] = [make('a', 9), make('b', 9)];
  const store = Store.open(read.dir, read.folder);
  const lock = acquireWriterLock(written.dir);
  onTestFinished(() => {
    store.close();
    lock.release();
  });
  const report = collect({ budgetBytes: 1 });
  expect(report.removed).toEqual([]);
  expect(report.refused.map(({ dir }) => dir).sort()).toEqual([read.dir, written.dir].sort());
  expect(report.kept).toHaveLength(2);
  expect(store.counts().functions).toBe(0);
});

test('a time of use that is yet to come counts as now', () => {
  const { dir } = make('a', 0);
  use(dir, Date.now() + 1000 * DAY_MS);
  make('b', 1);
  expect(collect().kept.every(({ usedAt }) => usedAt <= Date.now())).toBe(true);
  expect(removals(collect({ budgetBytes: 700_000 }))).toEqual([['b', 'over-budget']]);
});

test('what is none of ours is never touched', () => {
  const { dir } = make('a', 1);
  const foreign = ['models/owner/name', 'notes-0123456789abcdef.txt', 'someone/0123456789abcdef'];
  for (const path of foreign) mkdirSync(join(storageDir, path), { recursive: true });
  writeFileSync(join(storageDir, 'state.vscdb'), 'x');
  // A note that does not fit its folder's name says nothing about a folder.
  writeFileSync(join(dirname(dir), 'folder.txt'), '/nowhere\n');
  expect(removals(collect())).toEqual([]);
  for (const path of foreign) expect(existsSync(join(storageDir, path))).toBe(true);
  expect(readFileSync(join(storageDir, 'state.vscdb'), 'utf8')).toBe('x');
});

/** The cache of a refiner, written last so many days ago. */
function makeCache(fingerprint: string, daysAgo: number): string {
  const cache = new RefinedCache({ storageDir, fingerprint, dimensions: 256 });
  cache.put(entriesFrom(0, 1000));
  cache.close();
  const path = cachePath(storageDir, fingerprint);
  const time = (Date.now() - daysAgo * DAY_MS) / 1000;
  utimesSync(path, time, time);
  return path;
}

test('the cache of vectors is counted and stays; that of a refiner that nobody uses any more goes', () => {
  const [{ dir }, current, former] = [make('a', 1), makeCache('refiner-2', 1), makeCache('refiner-1', 60)];
  const dry = collect({ dryRun: true });
  expect(existsSync(former)).toBe(true);
  const report = collect();
  expect([dir, current, former].map((path) => existsSync(path))).toEqual([true, true, false]);
  expect(report.cacheBytes).toBe(statSync(current).size);
  expect(report.freedBytes).toBeGreaterThan(256_000);
  expect({ ...dry, kept: [] }).toEqual({ ...report, kept: [] });
  expect(collect()).toMatchObject({ removed: [], cacheBytes: report.cacheBytes, freedBytes: 0 });
});

test('over the budget the cache goes before any index, even where it is open; within it nothing does', () => {
  const [{ dir }, cache] = [make('a', 1), makeCache('refiner-2', 1)];
  const { keptBytes, cacheBytes } = collect({ budgetBytes: 1e9, onlyOverBudget: true });
  const open = new RefinedCache({ storageDir, fingerprint: 'refiner-2', dimensions: 256 });
  onTestFinished(() => open.close());
  expect(open.get(entriesFrom(0, 3).map(({ contentHash }) => contentHash)).size).toBe(3);
  const report = collect({ budgetBytes: keptBytes + cacheBytes - 1, onlyOverBudget: true });
  expect([dir, cache].map((path) => existsSync(path))).toEqual([true, false]);
  expect(report).toMatchObject({ removed: [], keptBytes, cacheBytes: 0 });
  open.put(entriesFrom(0, 3));
});
