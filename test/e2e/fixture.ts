/** Copies of the fixture folders, made for one run: tests change what they open. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const FIXTURES = resolve(import.meta.dirname, '../fixtures');

export interface Fixture {
  readonly folder: string;
  /** Both folders in one window. */
  readonly twoRoots: string;
  remove(): void;
}

export function copyFixture(): Fixture {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-fixture-'));
  const folder = join(dir, 'workspace');
  cpSync(join(FIXTURES, 'workspace'), folder, { recursive: true });
  cpSync(join(FIXTURES, 'second'), join(dir, 'second'), { recursive: true });
  // Ignored by the fixture's own rules, and by this repository's, hence written here.
  mkdirSync(join(folder, 'generated'));
  writeFileSync(join(folder, 'generated', 'dates.js'), 'export function parseDate(text) { return new Date(text); }\n');
  const twoRoots = join(dir, 'two-roots.code-workspace');
  writeFileSync(twoRoots, JSON.stringify({ folders: [{ path: 'workspace' }, { path: 'second' }] }));
  return { folder, twoRoots, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
