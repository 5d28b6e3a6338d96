/** What the walk finds, leaves out, and how it stands up to odd folders. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { explain } from '../../../src/engine/walk/explain.ts';
import { type FileSystem, nodeFileSystem } from '../../../src/engine/walk/file-system.ts';
import { walk } from '../../../src/engine/walk/walk.ts';
import { collect, foundPaths, OPTIONS, skips, temporaryFolder, walkAll, writeFiles } from './folder.ts';

beforeEach(() => {
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  vi.stubEnv('XDG_CONFIG_HOME', '/nonexistent');
});

const REPOSITORY = { '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': '' };

test('finds code, templates and unknown languages with size and time, in a fixed order', async () => {
  const names = [
    'b.py',
    'Dockerfile',
    'Makefile',
    'CMakeLists.txt',
    'a.sql',
    'x.proto',
    'y.vue',
    'z.erb',
    'tool',
    'q.unknownlang',
  ];
  const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, 'code'])));
  const files = await walkAll(folder);
  expect(files.map(({ path }) => path)).toEqual([...names].sort());
  expect(files[0]).toEqual({
    path: 'CMakeLists.txt',
    size: 4,
    mtimeMs: expect.any(Number),
    ctimeMs: expect.any(Number),
  });
});

test('says why each of the others is left out', async () => {
  const folder = temporaryFolder({
    'data.json': '{}',
    'README.md': 'x',
    'yarn.lock': 'x',
    LICENSE: 'x',
    'page.min.js': 'x',
    '.env': 'x',
    '.env.production': 'x',
    'prod.env': 'x',
    'server.pem': 'x',
    id_rsa: 'x',
    '.npmrc': 'x',
    'aws-credentials.json': 'x',
    '.ssh/config': 'x',
    'node_modules/a/index.js': 'x',
    'sub/__pycache__/a.py': 'x',
    'env/pyvenv.cfg': 'x',
    'target/CACHEDIR.TAG': 'x',
    'empty.py': '',
    'large.py': 'x'.repeat(11),
  });
  expect(await skips(folder, { maxFileBytes: 10 })).toEqual({
    'data.json': 'unsupported .json',
    'README.md': 'unsupported .md',
    'yarn.lock': 'unsupported .lock',
    LICENSE: 'unsupported LICENSE',
    'page.min.js': 'minified .min.js',
    '.env': 'secret .env',
    '.env.production': 'secret .env.production',
    'prod.env': 'secret prod.env',
    'server.pem': 'secret server.pem',
    id_rsa: 'secret id_rsa',
    '.npmrc': 'secret .npmrc',
    'aws-credentials.json': 'secret aws-credentials.json',
    '.ssh/': 'secret .ssh/',
    'node_modules/': 'always-excluded node_modules/',
    'sub/__pycache__/': 'always-excluded __pycache__/',
    'env/': 'always-excluded pyvenv.cfg',
    'target/': 'always-excluded CACHEDIR.TAG',
    'empty.py': 'empty',
    'large.py': 'too-large 0.0 MiB',
  });
});

test('code about secrets and shared templates of secrets are found', async () => {
  const names = ['.env.example', 'credentials.py', 'secret.go', 'key.ts', 'environment.ts', 'secrets.rb'];
  expect(await foundPaths(temporaryFolder(Object.fromEntries(names.map((name) => [name, 'x']))))).toEqual(names.sort());
});

test('private and global excludes, and a kind of ignore file over the weaker kinds', async () => {
  const folder = temporaryFolder({
    ...REPOSITORY,
    '.git/info/exclude': 'private.c\n',
    'global-excludes': '# mine\nglobal.c\n',
    '.gitignore': 'git.c\nboth/\n',
    '.ignore': 'plain.c\n!both/\n',
    '.kenningignore': 'own.c\n!plain.c\n',
    ...Object.fromEntries(
      ['private.c', 'global.c', 'git.c', 'plain.c', 'own.c', 'kept.c', 'both/a.c'].map((p) => [p, 'x']),
    ),
  });
  writeFiles(folder, { '.git/config': `[core]\n  excludesfile = "${join(folder, 'global-excludes')}" ; mine\n` });
  expect(await skips(folder)).toEqual({
    '.git/': 'always-excluded .git',
    '.gitignore': 'unsupported .gitignore',
    '.ignore': 'unsupported .ignore',
    '.kenningignore': 'unsupported .kenningignore',
    'private.c': 'ignored private.c (.git/info/exclude:1)',
    'global.c': 'ignored global.c (global-excludes:2)',
    'git.c': 'ignored git.c (.gitignore:1)',
    'own.c': 'ignored own.c (.kenningignore:1)',
  });
});

test("a repository inside another, a submodule and a linked work tree have git's rules of their own", async () => {
  const folder = temporaryFolder({
    ...REPOSITORY,
    '.gitignore': '*.c\n',
    'inner/.git/HEAD': 'ref: refs/heads/main\n',
    'inner/.git/info/exclude': 'b.py\n',
    'inner/a.c': 'x',
    'inner/b.py': 'x',
    '.git/modules/sub/info/exclude': 'c.py\n',
    'sub/.git': 'gitdir: ../.git/modules/sub\n',
    'sub/a.c': 'x',
    'sub/c.py': 'x',
    '.git/worktrees/tree/commondir': '../..\n',
    '.git/info/exclude': 'd.py\n',
    'tree/.git': 'gitdir: ../.git/worktrees/tree\n',
    'tree/a.c': 'x',
    'tree/d.py': 'x',
    'outer.c': 'x',
  });
  expect(await foundPaths(folder)).toEqual(['inner/a.c', 'sub/a.c', 'tree/a.c']);
  expect(await foundPaths(join(folder, 'tree'))).toEqual(['a.c']);
});

test('generated and vendored files by attributes, the nearest and last line deciding', async () => {
  const folder = temporaryFolder({
    ...REPOSITORY,
    '.gitattributes':
      'gen/** linguist-generated\n*.pb.go linguist-generated=true text\nthird_party/** linguist-vendored\n',
    'gen/.gitattributes': 'hand.c -linguist-generated\n"with space.c" linguist-vendored\nfolder linguist-vendored\n',
    'gen/auto.c': 'x',
    'gen/hand.c': 'x',
    'gen/with space.c': 'x',
    'gen/folder/hand.c': 'x',
    'api/a.pb.go': 'x',
    'third_party/deep/lib.c': 'x',
  });
  const names = Object.entries(await skips(folder)).filter(([path]) => !path.includes('.git'));
  expect(Object.fromEntries(names)).toEqual({
    'gen/auto.c': 'generated gen/** (.gitattributes:1)',
    'gen/with space.c': 'vendored with space.c (gen/.gitattributes:2)',
    'api/a.pb.go': 'generated *.pb.go (.gitattributes:2)',
    'third_party/deep/lib.c': 'vendored third_party/** (.gitattributes:3)',
  });
  expect(await foundPaths(folder)).toEqual(['gen/folder/hand.c', 'gen/hand.c']);
});

test("the editor's globs count from the folder, know braces, and are not taken back", async () => {
  const folder = temporaryFolder({
    '.gitignore': '!out/\n!a.js\n',
    'a.js': 'x',
    'sub/a.js': 'x',
    'sub/b.map.ts': 'x',
    'sub/b.test.ts': 'x',
    'out/a.c': 'x',
    'sub/out/a.c': 'x',
    'sub/tmp/x.c': 'x',
  });
  const excludes = ['*.js', '**/out', '**/*.{map,test}.ts', 'sub/tmp/**'];
  expect(await foundPaths(folder, { excludes })).toEqual(['sub/a.js']);
  expect((await skips(folder, { excludes }))['sub/b.test.ts']).toBe('ignored **/*.{map,test}.ts');
});

test('an opened folder is walked even when a rule above ignores it, and its own files still obey the others', async () => {
  const folder = temporaryFolder({
    ...REPOSITORY,
    '.gitignore': 'build/\n*.o.c\n',
    'build/a.c': 'x',
    'build/b.o.c': 'x',
  });
  expect(await foundPaths(folder)).toEqual([]);
  expect(await foundPaths(join(folder, 'build'))).toEqual(['a.c']);
  expect(await skips(join(folder, 'build'))).toEqual({ 'b.o.c': `ignored *.o.c (${join(folder, '.gitignore')}:2)` });
});

test('only the named files and folders, by the same rules', async () => {
  const folder = temporaryFolder({
    '.gitignore': 'no/\n',
    'a/b/c.py': 'x',
    'a/d.py': 'x',
    'e.py': 'x',
    'f.py': 'x',
    'no/g.py': 'x',
  });
  const start = ['a/b', 'a/b/c.py', 'e.py', 'no/g.py', 'missing.py', '../escape.py', '/etc/passwd', 'e.py/x'];
  expect(await foundPaths(folder, { start })).toEqual(['a/b/c.py', 'e.py']);
  expect(await skips(folder, { start })).toEqual({ 'no/': 'ignored no/ (.gitignore:1)' });
  expect(await foundPaths(folder, { start: [''] })).toEqual(['a/b/c.py', 'a/d.py', 'e.py', 'f.py']);
});

test('links, loops, FIFOs and odd names', async () => {
  const folder = temporaryFolder({
    'a/ok.py': 'x',
    'new\nline.py': 'x',
    ' lead.py': 'x',
    '-dash.py': 'x',
  });
  writeFileSync(join(folder, '__proto__'), 'x');
  symlinkSync('..', join(folder, 'a/loop'));
  symlinkSync('self', join(folder, 'self'));
  symlinkSync('/etc/passwd', join(folder, 'link.py'));
  expect(spawnSync('mkfifo', [join(folder, 'pipe.py'), join(folder, '.gitignore')]).status).toBe(0);
  expect(await foundPaths(folder)).toEqual([' lead.py', '-dash.py', '__proto__', 'a/ok.py', 'new\nline.py']);
  expect(await skips(folder)).toEqual({
    'a/loop': 'not-a-file symbolic link',
    self: 'not-a-file symbolic link',
    'link.py': 'not-a-file symbolic link',
    'pipe.py': 'not-a-file FIFO',
    '.gitignore': 'not-a-file FIFO',
  });
});

test('a name that is not UTF-8 is said, not lost', async () => {
  const folder = temporaryFolder();
  const name = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]);
  writeFileSync(name, 'x');
  expect(await skips(folder)).toEqual({ 'caf\uFFFD.py': 'unreadable name not UTF-8' });
});

test('folders nested past any sense, and past the longest path, end in a reason', async () => {
  const folder = temporaryFolder();
  const nest = 'import os, sys\nos.chdir(sys.argv[1])\nfor _ in range(3000):\n os.mkdir("d"); os.chdir("d")\n';
  expect(spawnSync('python3', ['-c', nest, folder]).status).toBe(0);
  expect(await walkAll(folder)).toEqual([
    { path: 'd/'.repeat(129), skip: { code: 'unreadable', rule: 'more than 128 folders deep' } },
  ]);
  expect(await explain(folder, 'd/'.repeat(2999), OPTIONS)).toMatchObject({ code: 'unreadable' });
  expect(spawnSync('rm', ['-rf', folder]).status).toBe(0);
});

test('a rule that would take forever to match is dropped', async () => {
  const deep = 'a/'.repeat(100);
  const folder = temporaryFolder({
    '.gitignore': `${'**/a/'.repeat(20)}b\n**/a/**/c.py\n`,
    '.gitattributes': `${'**/a/'.repeat(20)}b linguist-vendored\n`,
    [`${deep}b.py`]: 'x',
    [`${deep}c.py`]: 'x',
  });
  expect(await foundPaths(folder, { excludes: [`${'**/a/'.repeat(20)}b`] })).toEqual([`${deep}b.py`]);
});

/** The tests may run as root, whom no permission stops: so the error is put in the system's mouth. */
function failing(paths: Readonly<Record<string, string>>): FileSystem {
  const check = (path: string) => {
    const code = Object.entries(paths).find(([end]) => path.replace(/\/$/, '').endsWith(end))?.[1];
    if (code) throw Object.assign(new Error(`${code}: ${path}`), { code });
  };
  const checked =
    <A extends [string, ...unknown[]], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      check(args[0]);
      return call(...args);
    };
  return {
    list: checked(nodeFileSystem.list),
    stat: checked(nodeFileSystem.stat),
    read: checked(nodeFileSystem.read),
  };
}

test('unreadable folders and files are reasons; what vanishes meanwhile is nothing', async () => {
  const folder = temporaryFolder({
    'shut/a.py': 'x',
    'no.py': 'x',
    'gone.py': 'x',
    'left/a.py': 'x',
    'ok.py': 'x',
    '.gitignore': 'x',
  });
  const fs = failing({
    '/shut': 'EACCES',
    '/no.py': 'EIO',
    '/gone.py': 'ENOENT',
    '/left': 'ENOENT',
    '.gitignore': 'EACCES',
  });
  const files = (await collect(walk(folder, OPTIONS, fs))).filter(({ path }) => path !== '.gitignore');
  expect(files).toEqual([
    { path: 'no.py', skip: { code: 'unreadable', rule: 'EIO' } },
    expect.objectContaining({ path: 'ok.py', size: 1 }),
    { path: 'shut/', skip: { code: 'unreadable', rule: 'EACCES' } },
  ]);
});

test('where case makes no difference, a name is found under the spelling that is listed, and once', async () => {
  const folder = temporaryFolder({ 'Src/A.ts': 'x', 'Src/b.ts': 'x' });
  const fs: FileSystem = {
    ...nodeFileSystem,
    stat: (path) => nodeFileSystem.stat(path.replace(/src\/a\.ts$/i, 'Src/A.ts').replace(/src$/i, 'Src')),
  };
  const start = ['src/a.ts', 'src/A.ts', 'Src/A.ts', 'Src/a.ts'];
  const found = await collect(walk(folder, { ...OPTIONS, start }, fs));
  expect(found.map(({ path }) => path)).toEqual(['Src/A.ts']);
});

test.each(['UNKNOWN', 'Unknown system error -116'])(
  'an error that Node has no name for (%s) is a reason',
  async (code) => {
    const folder = temporaryFolder({ 'a.py': 'x', 'b.py': 'x' });
    const found = await collect(walk(folder, OPTIONS, failing({ '/a.py': code })));
    expect(found).toEqual([
      { path: 'a.py', skip: { code: 'unreadable', rule: code } },
      expect.objectContaining({ path: 'b.py' }),
    ]);
  },
);

test('a folder removed during the walk is harmless', async () => {
  const folder = temporaryFolder({
    'a.py': 'x',
    ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d${i}/e/a.py`, 'x'])),
  });
  const seen: string[] = [];
  for await (const file of walk(folder, OPTIONS)) {
    seen.push(file.path);
    for (let i = 0; i < 40; i++) rmSync(join(folder, `d${i}`), { recursive: true, force: true });
  }
  expect(seen).toEqual(['a.py']);
});

test('a missing folder and a cancelled walk are errors, never an empty end', async () => {
  const folder = temporaryFolder({ 'a.py': 'x' });
  await expect(walkAll(join(folder, 'none'))).rejects.toMatchObject({ code: 'folder-not-found' });
  await expect(walkAll(join(folder, 'a.py'))).rejects.toMatchObject({ code: 'folder-not-found' });
  await expect(walkAll(folder, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
});

test('a folder reached through a link is walked', async () => {
  const folder = temporaryFolder({ 'real/a.py': 'x' });
  symlinkSync('real', join(folder, 'alias'));
  mkdirSync(join(folder, 'real/b'));
  expect(await foundPaths(join(folder, 'alias'))).toEqual(['a.py']);
});
