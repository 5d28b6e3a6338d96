/**
 * What a release and a fresh clone rest on beside the code: what git checks out, what npm checks and may build, that the
 * scripts run, what the package names.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { type BuildFailure, build } from 'esbuild';
import { expect, test } from 'vitest';
import { bundleExtension, bundlePrograms } from '../scripts/bundle.ts';
import { withoutSpaces } from '../scripts/native.mjs';
import { temporaryFolder } from './engine/temporary.ts';

const ROOT = resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

test('a model is checked out as it was committed where git turns line ends into those of Windows', () => {
  const dir = temporaryFolder();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'core.autocrlf=true', '-C', dir, ...args], { encoding: 'utf8', stdio: 'pipe' });
  const file = 'models/kenning-s1/tokenizer.json';
  mkdirSync(join(dir, dirname(file)), { recursive: true });
  copyFileSync(join(ROOT, '.gitattributes'), join(dir, '.gitattributes'));
  writeFileSync(join(dir, file), '{\n  "model": "WordPiece"\n}\n');
  git('init', '--quiet');
  git('add', '.');
  git('checkout-index', '--all', '--force', '--prefix=out/');
  expect(readFileSync(join(dir, 'out', file), 'utf8')).not.toContain('\r');
});

test('npm lets the one package be compiled that is, and no other script run', () => {
  // From npm 12 on, `npm rebuild` passes over a package that is not named.
  expect(manifest.allowScripts).toEqual({ 'hnswlib-node': true, 'onnxruntime-node': false });
  expect(readFileSync(join(ROOT, '.npmrc'), 'utf8')).toContain('ignore-scripts=true');
});

test("the graph's native part is compiled in a checkout whose path has a space, too", () => {
  const headers = join(temporaryFolder(), 'my code', 'node');
  mkdirSync(headers, { recursive: true });
  writeFileSync(join(headers, 'node_api.h'), '');
  const seen = withoutSpaces(headers, (path) => ({ path, holds: existsSync(join(path, 'node_api.h')) }));
  expect(seen.path).not.toContain(' ');
  expect(seen.holds).toBe(true);
  // The link goes, what it leads to does not.
  expect([existsSync(seen.path), existsSync(join(headers, 'node_api.h'))]).toEqual([false, true]);
});

test('npm ci checks each package against what the lock file knows of it', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string }>;
  };
  expect(Object.keys(packages).filter((path) => path && !packages[path]?.integrity)).toEqual([]);
});

test('every script finds what it imports of the others and of the tests', async () => {
  const scripts = globSync('scripts/*.mjs', { cwd: ROOT });
  const { errors } = await build({
    absWorkingDir: ROOT,
    entryPoints: scripts,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'none',
    write: false,
    logLevel: 'silent',
  }).catch((failure: BuildFailure) => failure);
  expect(errors.map(({ text, location }) => `${location?.file}: ${text}`)).toEqual([]);
});

test("the README's pictures are in the package", async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const pictures = [...readme.matchAll(/\]\((media\/[^)]+)\)/g)].map(([, path]) => path!);
  const packed = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
  expect(pictures.filter((path) => !packed.includes(path))).toEqual([]);
  expect(pictures).not.toEqual([]);
});

test('the notices hold the licence of each package that is bundled, in its version', async () => {
  const notices = readFileSync(join(ROOT, 'ThirdPartyNotices.txt'), 'utf8');
  const bundles = [await bundleExtension({ write: false }), await bundlePrograms({ write: false })];
  const files = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  // Their native parts and what is compiled are in no bundle.
  for (const name of ['onnxruntime-node', 'hnswlib-node', 'node-addon-api']) packages.add(name);
  expect([...packages].filter((name) => !/copyright/i.test(licenceOf(name, notices)))).toEqual([]);
});

/** Empty where there is none of the version that is installed. */
function licenceOf(name: string, notices: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
  const [, text = ''] = notices.split(`\n${name} ${version} (`);
  const own = text.split('='.repeat(80))[1] ?? '';
  const other = /^See (\S+),/.exec(own.trim())?.[1];
  return other ? licenceOf(other, notices) : own;
}
