/**
 * The file into which hnswlib writes a graph before its links are taken out of it: more than a kilobyte for each function, so
 * that one which a killed process left must not stay. Each process has its own.
 */
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const ENDING = /^\.(\d+)\.partial$/;

/** `path`: of the graph. */
export const partialOf = (path: string): string => `${path}.${process.pid}.partial`;

/** Removes those of processes that are gone. What cannot go is tried again with the next graph. */
export function removeAbandoned(path: string): void {
  const name = basename(path);
  try {
    for (const file of readdirSync(dirname(path))) {
      const pid = file.startsWith(name) ? ENDING.exec(file.slice(name.length))?.[1] : undefined;
      if (pid && !isRunning(Number(pid))) rmSync(join(dirname(path), file), { force: true });
    }
  } catch {
    return;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
