/** Folders for tests: made with what a test needs, gone when it ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, onTestFinished } from 'vitest';
import { FINE_TICK_MS } from '../../src/engine/update/plan.ts';

export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** As `temporaryFolder`, for all tests of a file: called beside them, not within. */
export function sharedFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-test-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(dir, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Until the next update believes the times of files that were written before: of younger ones it reads the text again. */
export const filesAreOld = (): Promise<void> => setTimeout(2 * FINE_TICK_MS);
