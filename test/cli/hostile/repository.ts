/** A folder that somebody made to do harm, beside one that it must not reach. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface HostileRepository {
  readonly folder: string;
  readonly outside: string;
  /** Paths of the files whose functions are to be found. */
  readonly found: readonly string[];
  remove(): void;
}

/** As bytes cannot be: each is the whole name of a file. */
const NAMES = [
  'new\nline.py',
  'tab\there.py',
  'bell\u0007\u001b[2J\u009b.py',
  'rtl\u202egpj.py',
  'separator\u2028.py',
  '..\\..\\x.py',
  '..hidden.py',
  '.../dots.py',
  '.. /space.py',
  ' lead.py',
  'trail .py',
  'C:\\x.py',
  '-rf.py',
  '$(touch gone).py',
  '%2e%2e%2fx.py',
  '~/home.py',
  'CON.py',
  `${'long'.repeat(63)}.py`,
  '__proto__.py',
  'constructor/toString.py',
  '\ufeff.py',
  '$(trash) [link](command:evil).py',
  'rules/found.py',
  'wide/found.py',
];
/** Shaped as Kenning's own files are, and as settings for it. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  'model.onnx': 'no model',
  'tokenizer.json': '{"model":{"vocab":{}}}',
  'model.json': '{"id":"kenning-s1","dimensions":1}',
  'models/kenning-s1/model.json': '{"id":"kenning-s1","files":{}}',
  'models/kenning-s1/model.onnx': 'no model',
  'dist/kenning.mjs': 'throw new Error("ran");',
  'kenning.sqlite': 'no database',
  'identity.json': '{"format":99}',
  'writer.lock': '1',
  '.kenning/config.json': '{"model":"/nowhere"}',
  '.vscode/settings.json': '{"kenning.model":"/nowhere","kenning.storage":"."}',
  'package.json': '{"kenning":{"model":"/nowhere"},"type":"commonjs"}',
  '.npmrc': 'node-options=--require=./evil.cjs\n',
  '.env': 'KENNING_STORAGE=.\nKENNING_MODEL=/nowhere\n',
};
const WIDE_FOLDERS = 5000;
const NESTED = 'import os, sys\nos.chdir(sys.argv[1])\nfor _ in range(3000):\n os.mkdir("d"); os.chdir("d")\n';

/** POSIX only. */
export function makeHostileRepository(): HostileRepository {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'kenning-hostile-')));
  const [folder, outside] = [join(top, 'repository'), join(top, 'outside')];
  const write = (path: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  NAMES.forEach((name, i) => {
    write(join(folder, name), functionOf(i));
  });
  for (const [path, text] of Object.entries(LOOKALIKES)) write(join(folder, path), text);
  for (const name of ['secret.py', 'folder/secret.py', 'hard.py']) write(join(outside, name), functionOf(900));
  write(join(outside, 'excludes'), '*.py\n');
  linksOutOf(folder, outside);
  rulesOf(folder, outside, write);
  const server = odditiesIn(folder);
  for (let i = 0; i < WIDE_FOLDERS; i++) mkdirSync(join(folder, 'wide', `w${i}`));
  execFileSync('python3', ['-c', NESTED, folder]);
  return {
    folder,
    outside,
    found: NAMES,
    remove: () => {
      server.close();
      spawnSync('rm', ['-rf', top]);
    },
  };
}

function functionOf(i: number): string {
  const steps = Array.from({ length: 3 + (i % 5) }, (_, step) => `    bed_${i}_${step} = plants[${step}].drink(${i})`);
  return `def water_the_garden_${i}(plants):\n${steps.join('\n')}\n    return bed_${i}_0\n`;
}

function linksOutOf(folder: string, outside: string): void {
  symlinkSync(join(outside, 'secret.py'), join(folder, 'link.py'));
  symlinkSync('../outside/folder', join(folder, 'linked'));
  symlinkSync('/', join(folder, 'everything'));
  symlinkSync('.', join(folder, 'itself'));
  symlinkSync('circle.py', join(folder, 'circle.py'));
  // One file with two names: nothing tells which of them it was meant to have, so it is a file of the folder.
  linkSync(join(outside, 'hard.py'), join(folder, 'hard.py'));
}

function rulesOf(folder: string, outside: string, write: (path: string, text: string) => void): void {
  write(
    join(folder, '.gitignore'),
    `${'**/a*/'.repeat(12)}b\n${'*a'.repeat(40)}b\n${'?*'.repeat(40)}!\n[${'a-'.repeat(50)}\n`,
  );
  write(join(folder, 'rules/.gitignore'), Array.from({ length: 60_000 }, (_, i) => `x${i}`).join('\n'));
  write(join(folder, 'wide/.gitignore'), 'found.py\n'.repeat(120_000));
  write(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
  write(join(folder, '.git/config'), `[core]\n\texcludesFile = ${join(outside, 'excludes')}\n`);
  symlinkSync(join(outside, 'excludes'), join(folder, '.ignore'));
  symlinkSync(join(outside, 'excludes'), join(folder, '.kenningignore'));
}

/** What is no file, what is far too large, and a name that is no text. */
function odditiesIn(folder: string): Server {
  const sparse = openSync(join(folder, 'sparse.py'), 'w');
  ftruncateSync(sparse, 2 ** 30);
  closeSync(sparse);
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9]), Buffer.from('.py')]),
    functionOf(901),
  );
  execFileSync('mkfifo', [join(folder, 'fifo.py')]);
  // Only root can make one.
  spawnSync('mknod', [join(folder, 'zero.py'), 'c', '1', '5']);
  return createServer().listen(join(folder, 'socket.py'));
}

/** What can be told of everything inside without opening it, down to where paths end. */
export function listingOf(folder: string): string[] {
  const listing: string[] = [];
  const pending = [''];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      const path = join(at, entry.name);
      const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
      listing.push(`${path} ${stat?.mode} ${stat?.size} ${stat?.mtimeMs} ${stat?.ctimeMs} ${stat?.nlink}`);
      if (entry.isDirectory() && path.split('/').length < 150) pending.push(path);
    }
  }
  return listing.sort();
}
