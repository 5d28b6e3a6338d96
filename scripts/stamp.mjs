/** Tells whether `dist/` is older than what it is made of, by the names, sizes and times of the sources. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = ['src', 'scripts', 'grammars', 'models', 'package-lock.json'];
const RESULTS = [
  'extension.cjs',
  'worker.mjs',
  'kenning.mjs',
  'parse-thread.mjs',
  'refine-thread.mjs',
  'kenning-s1.packed',
  'kenning-terms.packed',
];
const stampFile = (distDir) => join(distDir, '.stamp');

export function isFresh(distDir) {
  if (![...RESULTS, '.stamp'].every((name) => existsSync(join(distDir, name)))) return false;
  return readFileSync(stampFile(distDir), 'utf8') === fingerprint();
}

export function writeStamp(distDir, print) {
  writeFileSync(stampFile(distDir), print);
}

/** Taken before a build starts, so that an edit during it makes the next build run. */
export function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  for (const file of SOURCES.flatMap((source) => filesOf(join(ROOT, source)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
