/** On seeded random trees the walk finds exactly the files that git itself would not ignore, and blames the same rule. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { explain } from '../../../src/engine/walk/explain.ts';
import { foundPaths, OPTIONS, temporaryFolder, walkAll, writeFiles } from './folder.ts';

/** Small names, so that rules hit often. None is skipped for its type or by name. */
const FILES = ['a.c', 'b.c', 'a.py', 'main', 'x y.c', 'é.rb', 'n\nl.c', '#h.c', '!e.c', 'A.C', '[x].c', 'b\\s.c'];
const FOLDERS = ['a', 'b', 'lib', 'x y', '[x]', 'deep', '!f', '#g', 'st*r'];
const PATTERNS = [
  ...['a', 'b/', '*.c', '/a.c', 'lib', 'lib/', '/lib/*', 'deep/**', '**/a/', 'a/**/b.c', '**/lib/**', '*', '/*', '*/'],
  ...[
    'x\\ y.c',
    'x y',
    '[ab].c',
    '[!a].c',
    'b?c',
    '\\#h.c',
    '\\!e.c',
    '# note',
    '',
    'a.c   ',
    'main\r',
    '?',
    'a/b',
    'a/*/a.c',
  ],
  ...[
    '[[]x].c',
    '\\[x\\]',
    'é.rb',
    'b\\\\s.c',
    'st\\*r',
    '**',
    'lib/**/main',
    'deep/a.c',
    'n*l.c',
    '/a/',
    '[x]',
    'st*',
  ],
];

/** A small linear congruential generator: the same trees on every machine. */
function randomBy(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomTree(seed: number): Record<string, string> {
  const random = randomBy(seed);
  const pick = <T>(list: readonly T[]) => list[random(list.length)]!;
  const rules = (count: number) =>
    Array.from({ length: 1 + random(count) }, () => `${random(3) === 0 ? '!' : ''}${pick(PATTERNS)}`).join('\n');
  const files: Record<string, string> = {};
  const fill = (folder: string, depth: number) => {
    for (let i = random(6); i >= 0; i--) files[folder + pick(FILES)] = 'code';
    if (random(2) === 0) files[`${folder}.gitignore`] = rules(5);
    for (let i = random(4); depth < 4 && i >= 0; i--) fill(`${folder}${pick(FOLDERS)}/`, depth + 1);
  };
  fill('', 0);
  files['.git/info/exclude'] = rules(3);
  files['.global'] = rules(2);
  return files;
}

function git(folder: string, args: readonly string[], input = ''): string {
  const run = spawnSync('git', ['-c', `core.excludesFile=${join(folder, '.global')}`, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect(run.error).toBeUndefined();
  return run.stdout;
}

function randomRepository(seed: number): string {
  const folder = temporaryFolder();
  git(folder, ['init', '-q']);
  const files = randomTree(seed);
  writeFiles(folder, files);
  writeFiles(folder, { '.config': `[core]\n\texcludesFile = ${join(folder, '.global')}\n` });
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder, '.config'));
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  return folder;
}

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const isRuleFile = (path: string) => /(?:^|\/)\.(?:gitignore|global|config)$/.test(path);

test.each(SEEDS)('seed %i: the same files as git ls-files', async (seed) => {
  const folder = randomRepository(seed);
  const expected = git(folder, ['ls-files', '-o', '-z', '--exclude-standard']).split('\0').filter(Boolean);
  const found = await foundPaths(folder);
  const keep = (paths: readonly string[]) => paths.filter((path) => !isRuleFile(path)).sort();
  expect(keep(found)).toEqual(keep(expected));
});

test.each(SEEDS)('seed %i: the same rule and line as git check-ignore', async (seed) => {
  const folder = randomRepository(seed);
  const skipped = (await walkAll(folder)).filter((file) => 'skip' in file && file.skip.code === 'ignored');
  // a folder is asked about without its slash: with one, git 2.39 also matches patterns against `name/` itself
  const input = skipped.map(({ path }) => `${path.replace(/\/$/, '')}\0`).join('');
  const fields = git(folder, ['check-ignore', '-v', '-z', '--stdin'], input).split('\0');
  const blamed = skipped.map((_, index) => `${fields[index * 4]}:${fields[index * 4 + 1]}`);
  const sources = skipped.map((file) =>
    ('skip' in file ? file.skip.source : '')?.replace(join(folder, '.global'), '.global'),
  );
  expect(sources).toEqual(blamed.map((source) => source.replace(join(folder, '.global'), '.global')));
});

test.each(SEEDS.slice(0, 4))('seed %i: a subfolder opened by itself honours the rules above it', async (seed) => {
  const folder = randomRepository(seed);
  mkdirSync(join(folder, 'a/lib'), { recursive: true });
  writeFiles(folder, { 'a/lib/a.c': 'x', 'a/lib/b.c': 'x', 'a/lib/main': 'x', 'a/lib/deep/a.c': 'x' });
  const whole = git(folder, ['ls-files', '-o', '-z', '--exclude-standard', '--', 'a/lib']).split('\0').filter(Boolean);
  const opened = await foundPaths(join(folder, 'a/lib'));
  const visible = whole.map((path) => path.slice('a/lib/'.length)).filter((path) => !isRuleFile(path));
  if (visible.length > 0) expect(opened.filter((path) => !isRuleFile(path))).toEqual(visible.sort());
  else expect(await explain(folder, 'a/lib/main', OPTIONS)).not.toBeNull();
});
