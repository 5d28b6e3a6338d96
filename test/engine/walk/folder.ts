/** A temporary folder for one test, and what a walk of it finds. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SkippedFile, WalkOptions } from '../../../src/engine/walk/walk.ts';
import { DEFAULT_MAX_FILE_BYTES, type FoundFile, walk } from '../../../src/engine/walk/walk.ts';

export const OPTIONS: WalkOptions = { excludes: [], maxFileBytes: DEFAULT_MAX_FILE_BYTES };

/** Removed when the test ends. Keys are paths; a path that ends in `/` is an empty folder. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kenning-walk-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path.endsWith('/') ? path : dirname(path)), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(join(folder, path), content);
  }
}

export async function walkAll(
  folder: string,
  options: Partial<WalkOptions> = {},
): Promise<(FoundFile | SkippedFile)[]> {
  return collect(walk(folder, { ...OPTIONS, ...options }));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export async function foundPaths(folder: string, options: Partial<WalkOptions> = {}): Promise<string[]> {
  return (await walkAll(folder, options)).flatMap((file) => ('skip' in file ? [] : file.path)).sort();
}

/** Path to `code`, or `code rule`, or `code rule (source)`. */
export async function skips(folder: string, options: Partial<WalkOptions> = {}): Promise<Record<string, string>> {
  const skipped = (await walkAll(folder, options)).filter((file) => 'skip' in file);
  return Object.fromEntries(
    skipped.map(({ path, skip: { code, rule, source } }) => [
      path,
      [code, rule, source && `(${source})`].filter(Boolean).join(' '),
    ]),
  );
}
