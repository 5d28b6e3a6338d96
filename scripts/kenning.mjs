#!/usr/bin/env node
/**
 * The command line in a checkout: builds what is stale, then runs `dist/kenning.mjs` on a Node that can.
 * Written for Node 20, which is what many machines have; the project brings Node 24 as a package.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFresh } from './stamp.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);

/** `node:sqlite` came with 22.13. */
function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  for (const name of [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`]) {
    for (const file of ['bin/node', 'bin/node.exe']) {
      const node = path.join(ROOT, 'node_modules', name, file);
      if (existsSync(node)) return node;
    }
  }
  process.stderr.write('Kenning needs Node 22.13 or newer; run `npm install` in its folder, which brings one.\n');
  process.exit(2);
}

const node = findNode();
const dist = path.join(ROOT, 'dist');
if (!isFresh(dist)) {
  const built = spawnSync(node, [path.join(HERE, 'build.mjs')], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) process.exit(2);
}
// A small nursery saves 100 MB while indexing and costs no time, few of glibc's arenas 50 MB while refining.
const kenning = spawn(node, ['--max-semi-space-size=8', path.join(dist, 'kenning.mjs'), ...process.argv.slice(2)], {
  env: { MALLOC_ARENA_MAX: '2', ...process.env },
  stdio: 'inherit',
});
// The child shares the terminal and hears Ctrl-C itself; its answer to it decides.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && kenning.kill(signal));
kenning.on('exit', (code, signal) => process.exit(signal ? 130 : code));
