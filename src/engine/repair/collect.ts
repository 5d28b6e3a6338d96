/** Removes indexes that nobody needs any more, and, over a budget, the cache of vectors and those that were not used for longest. */
import { statSync } from 'node:fs';
import { CHUNKER_VERSION } from '../../core/functions/version.ts';
import type { CollectOptions, CollectReason, CollectReport, KeptIndex } from '../api/repair.ts';
import { type CacheFile, cacheFiles, removeCacheFile } from '../refined-cache/cache-file.ts';
import { assertUnused, deleteOne } from '../store/delete-index.ts';
import { FORMAT_VERSION } from '../store/schema.ts';
import { keptIndexes, type ListedIndex } from './kept-indexes.ts';

const UNUSED_MODEL_MS = 30 * 24 * 3_600_000;

interface Condemned {
  readonly index: ListedIndex;
  readonly reason: CollectReason;
}

/** Never rejects for an index that cannot be removed: the report tells. What is open anywhere stays. */
export function collectIndexes(options: CollectOptions): CollectReport {
  const { storageDir, dryRun = false, keep = [] } = options;
  // What is no number, as after a way through JSON, is no budget.
  const budgetBytes = Number.isFinite(options.budgetBytes) ? options.budgetBytes! : Number.POSITIVE_INFINITY;
  const all = keptIndexes(storageDir);
  const run: Run = { dryRun, kept: new Set(all), removed: [], refused: [] };
  const caches = new Set(keptCaches(storageDir));
  const cacheBytes = bytesOf(caches);
  const mayGo = (index: ListedIndex): boolean => index.folder === null || !keep.includes(index.folder);
  const isWithin = (): boolean => bytesOf(run.kept) + bytesOf(caches) <= budgetBytes;
  if (!options.onlyOverBudget || !isWithin()) {
    for (const condemned of useless(all.filter(mayGo))) remove(run, condemned);
    for (const cache of caches) if (isUnused(cache, caches)) removeCache(caches, cache, dryRun);
  }
  // A vector that is computed once more costs less than an index.
  for (const cache of caches) if (!isWithin()) removeCache(caches, cache, dryRun);
  for (const index of longestUnusedFirst([...run.kept].filter(mayGo))) {
    if (isWithin()) break;
    if (!run.refused.some(({ dir }) => dir === index.dir)) remove(run, { index, reason: 'over-budget' });
  }
  return {
    kept: [...run.kept].map(told),
    removed: run.removed,
    refused: run.refused,
    keptBytes: bytesOf(run.kept),
    cacheBytes: bytesOf(caches),
    freedBytes: bytesOf(run.removed) + cacheBytes - bytesOf(caches),
  };
}

/** None where the folder cannot be read. */
function keptCaches(storageDir: string): CacheFile[] {
  try {
    return cacheFiles(storageDir);
  } catch {
    return [];
  }
}

/** Of a refiner that is used no more. */
const isUnused = ({ usedAt }: CacheFile, all: Iterable<CacheFile>): boolean =>
  Math.max(...Array.from(all, (each) => each.usedAt)) - usedAt > UNUSED_MODEL_MS;

/** Whoever has it open goes on with what is no longer there for others. */
function removeCache(caches: Set<CacheFile>, cache: CacheFile, dryRun: boolean): void {
  try {
    if (!dryRun) removeCacheFile(cache.path);
    caches.delete(cache);
  } catch {
    // The system refuses: the next run tries again.
    return;
  }
}

type Told = KeptIndex & { readonly reason: CollectReason };

interface Run {
  readonly dryRun: boolean;
  readonly kept: Set<ListedIndex>;
  readonly removed: Told[];
  readonly refused: Told[];
}

function remove({ dryRun, kept, removed, refused }: Run, { index, reason }: Condemned): void {
  const entry = { ...told(index), reason };
  try {
    if (dryRun) assertUnused(index.dir);
    else deleteOne(index.dir);
    kept.delete(index);
    removed.push(entry);
  } catch {
    // In use, or the system refuses: the next run tries again.
    refused.push(entry);
  }
}

function useless(indexes: readonly ListedIndex[]): Condemned[] {
  return indexes.flatMap((index): Condemned[] => {
    const reason = reasonAgainst(index, indexes);
    return reason ? [{ index, reason }] : [];
  });
}

function reasonAgainst(index: ListedIndex, all: readonly ListedIndex[]): CollectReason | null {
  const { identity, isLeftover, folder, usedAt } = index;
  // That of a newer version is used: by the editor's, when this is an older one on the command line.
  const isOld = !identity || identity.format < FORMAT_VERSION || identity.chunker < CHUNKER_VERSION;
  if (isLeftover || isOld) return 'leftover';
  if (folder === null) return null;
  if (isGone(folder)) return 'folder-gone';
  const lastUse = Math.max(...all.filter((other) => other.folder === folder).map((other) => other.usedAt));
  return lastUse - usedAt > UNUSED_MODEL_MS ? 'unused-model' : null;
}

/** A folder that cannot be looked at is not gone. */
function isGone(folder: string): boolean {
  try {
    return !statSync(folder).isDirectory();
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

const longestUnusedFirst = (indexes: readonly ListedIndex[]): ListedIndex[] =>
  indexes.toSorted((a, b) => a.usedAt - b.usedAt || a.dir.localeCompare(b.dir));

const bytesOf = (indexes: Iterable<{ readonly bytes: number }>): number =>
  [...indexes].reduce((sum, { bytes }) => sum + bytes, 0);

const told = ({ dir, folder, model, bytes, usedAt }: ListedIndex): KeptIndex => ({ dir, folder, model, bytes, usedAt });
