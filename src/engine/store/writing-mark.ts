/**
 * A file that stands beside the database while a writer is at work. Who finds it with nobody holding the writer's lock
 * knows that the last writer was ended in the middle.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KenningError } from '../../core/errors.ts';
import { acquireWriterLock, type WriterLock } from './writer-lock.ts';

const MARK = 'writing';

/**
 * The lock, and the mark until it is released. Before that `check` runs, if another writer left its mark; when it throws, the
 * mark stays. Throws `index-locked`.
 */
export function acquireAsWriter(dir: string, check: () => void): WriterLock {
  const lock = acquireWriterLock(dir);
  try {
    if (isMarked(dir)) check();
    mark(dir);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    release: () => {
      unmark(dir);
      lock.release();
    },
  };
}

/** Runs `check` if a writer was ended in the middle; the mark goes unless it throws. */
export function afterInterruption(dir: string, check: () => void): void {
  if (!isMarked(dir)) return;
  whileNobodyWrites(dir, () => {
    if (isMarked(dir)) check();
    unmark(dir);
  });
}

/** Runs `work` under the writer's lock; not at all where a writer is at work. */
export function whileNobodyWrites(dir: string, work: () => void): void {
  const lock = lockIfFree(dir);
  if (!lock) return;
  try {
    work();
  } finally {
    lock.release();
  }
}

function lockIfFree(dir: string): WriterLock | null {
  try {
    return acquireWriterLock(dir);
  } catch (error) {
    if (error instanceof KenningError && error.code === 'index-locked') return null;
    throw error;
  }
}

const isMarked = (dir: string): boolean => existsSync(join(dir, MARK));

/** Without it a crash goes unnoticed, which is no reason not to write. */
function mark(dir: string): void {
  try {
    writeFileSync(join(dir, MARK), '');
  } catch {
    return;
  }
}

/** A mark that stays costs the next opening a look. */
function unmark(dir: string): void {
  try {
    rmSync(join(dir, MARK), { force: true });
  } catch {
    return;
  }
}
