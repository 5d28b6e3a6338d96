/**
 * One writer for each index. The lock is an exclusive transaction on a small database of its own: the system lets go of
 * it when the process ends, however it ends, so there are no stale locks to guess about.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KenningError } from '../../core/errors.ts';
import { isBusy, isDamage, storeError } from './database.ts';

export interface WriterLock {
  release(): void;
}

/**
 * Throws `index-locked` when another process, or another engine of this one, is writing, and `index-write-failed` when the
 * system refuses.
 */
export function acquireWriterLock(dir: string): WriterLock {
  const path = join(dir, 'writer.lock');
  try {
    return lock(path);
  } catch (error) {
    if (isBusy(error)) throw new KenningError('index-locked', 'Another process is bringing this index up to date.');
    if (!isDamage(error)) throw storeError(error);
  }
  // Nobody holds what is no database.
  try {
    rmSync(path, { force: true });
    return lock(path);
  } catch (error) {
    throw storeError(error);
  }
}

function lock(path: string): WriterLock {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
