/** What lies in a folder now: the walk's findings, gathered. */
import type { SkipCode } from '../../core/skip.ts';
import type { UpdateOptions } from '../api/work.ts';
import type { Store } from '../store/store.ts';
import { DEFAULT_MAX_FILE_BYTES, type FoundFile, walk } from '../walk/walk.ts';

interface ScanPlace {
  readonly folder: string;
  readonly excludes: readonly string[];
  readonly store: Pick<Store, 'counts'>;
}

export interface Scanned {
  readonly found: readonly FoundFile[];
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
  /** Files and folders, the folder itself as an empty path. */
  readonly unreadable: readonly string[];
}

/** `start`: the files and folders to look at; absent: all. */
export async function scan(
  { folder, excludes, store }: ScanPlace,
  { signal, onProgress }: UpdateOptions,
  start?: readonly string[],
): Promise<Scanned> {
  const { functions } = store.counts();
  const found: FoundFile[] = [];
  const unreadable: string[] = [];
  const skipped: Partial<Record<SkipCode, number>> = {};
  const walkOptions = {
    excludes,
    maxFileBytes: DEFAULT_MAX_FILE_BYTES,
    ...(signal && { signal }),
    ...(start && { start }),
  };
  for await (const entry of walk(folder, walkOptions)) {
    if ('skip' in entry) skipped[entry.skip.code] = (skipped[entry.skip.code] ?? 0) + 1;
    else found.push(entry);
    // A folder's path ends in `/`, which what lies below it is not compared with.
    if ('skip' in entry && entry.skip.code === 'unreadable') unreadable.push(entry.path.replace(/\/$/, ''));
    if (found.length % 1000 === 1) onProgress?.({ phase: 'scan', done: found.length, total: 0, functions });
  }
  return { found, skipped, unreadable };
}
