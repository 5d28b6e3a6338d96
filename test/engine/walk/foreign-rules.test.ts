/** What a folder brings along to steer Kenning: it names no file elsewhere, and does not slow the walk. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../../../src/engine/walk/file-system.ts';
import { gitDirOf } from '../../../src/engine/walk/git-repository.ts';
import { foundPaths, temporaryFolder, writeFiles } from './folder.ts';

const REPOSITORY = { '.git/HEAD': 'ref: refs/heads/main\n', 'a.py': 'x', 'b.py': 'x' };

test.each([
  ['an absolute path', (outside: string) => join(outside, 'excludes')],
  ['a path upwards', (outside: string) => join('..', outside.split('/').at(-1)!, 'excludes')],
])("a repository's own configuration names no rules outside of it: %s", async (_, named) => {
  const outside = temporaryFolder({ excludes: 'a.py\n' });
  const folder = temporaryFolder(REPOSITORY);
  writeFiles(folder, { '.git/config': `[core]\n\texcludesFile = ${named(outside)}\n` });
  expect(await foundPaths(folder)).toEqual(['a.py', 'b.py']);
});

test('nor by a link, whether to the rules or to the configuration', async () => {
  const outside = temporaryFolder({ excludes: 'a.py\n', config: '[core]\n\texcludesFile = inside\n' });
  const folder = temporaryFolder({ ...REPOSITORY, inside: 'b.py\n' });
  symlinkSync(join(outside, 'excludes'), join(folder, 'linked'));
  symlinkSync(join(outside, 'config'), join(folder, '.git/config'));
  expect(await foundPaths(folder)).toContain('b.py');
  const other = temporaryFolder({ ...REPOSITORY, '.git/config': '[core]\n\texcludesFile = linked\n' });
  symlinkSync(join(outside, 'excludes'), join(other, 'linked'));
  expect(await foundPaths(other)).toContain('a.py');
});

test.each(['//server/share/repository', '\\\\server\\share\\repository'])('%s is no repository', async (path) => {
  expect(await gitDirOf(nodeFileSystem, temporaryFolder({ '.git': `gitdir: ${path}\n` }))).toBe(null);
});

test('more rules than anyone wrote are none', async () => {
  const rules = (count: number): string => Array.from({ length: count }, (_, i) => `x${i}\n`).join('');
  const folder = temporaryFolder({
    'many/.gitignore': `a.py\n${rules(10_001)}`,
    'many/a.py': 'x',
    'some/.gitignore': `a.py\n${rules(9000)}`,
    'some/a.py': 'x',
  });
  expect(await foundPaths(folder)).toEqual(['many/a.py']);
});
