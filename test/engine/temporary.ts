/** Folders for tests: made with what a test needs, gone when it ends. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

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
