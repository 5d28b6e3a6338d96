/**
 * One writer for each index. The lock is an exclusive transaction on a small database of its own: the system lets go of
 * it when the process ends, however it ends, so there are no stale locks to guess about.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KenningError } from '../../core/errors.ts';

export interface WriterLock {
  release(): void;
}

/** Throws `index-locked` when another process, or another engine of this one, is writing. */
export function acquireWriterLock(dir: string): WriterLock {
  const database = new DatabaseSync(join(dir, 'writer.lock'));
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
  } catch (cause) {
    database.close();
    throw new KenningError('index-locked', 'Another process is bringing this index up to date.', { cause });
  }
  return { release: () => database.close() };
}
