/** Copies of the fixture folders, made for one run: tests change what they open. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const FIXTURES = resolve(import.meta.dirname, '../fixtures');

export interface Fixture {
  /** What the other paths lie in. */
  readonly dir: string;
  readonly folder: string;
  /** Both folders in one window. */
  readonly twoRoots: string;
  remove(): void;
}

export function copyFixture(): Fixture {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-fixture-'));
  const folder = join(dir, 'workspace');
  copyWorkspace(folder);
  cpSync(join(FIXTURES, 'second'), join(dir, 'second'), { recursive: true });
  const twoRoots = join(dir, 'two-roots.code-workspace');
  writeFolders(twoRoots, ['workspace', 'second']);
  return { dir, folder, twoRoots, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** `folders`: beside the file. */
export function writeFolders(workspaceFile: string, folders: readonly string[]): void {
  writeFileSync(workspaceFile, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
}

export function copyWorkspace(folder: string): void {
  cpSync(join(FIXTURES, 'workspace'), folder, { recursive: true });
  // Ignored by the fixture's own rules, and by this repository's, hence written here.
  mkdirSync(join(folder, 'generated'));
  writeFileSync(join(folder, 'generated', 'dates.js'), 'export function parseDate(text) { return new Date(text); }\n');
}

/** The folder's own settings, as a workspace brings them along. */
export function writeFolderSettings(folder: string, settings: object): void {
  mkdirSync(join(folder, '.vscode'), { recursive: true });
  writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
}
