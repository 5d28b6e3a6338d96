/**
 * `npm run package [-- --target darwin-arm64]`: one VSIX for one platform, this one unless told otherwise.
 * It is put together in a folder of its own, so that another platform's libraries never touch `dist/`.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll } from './build.mjs';
import { copyOnnxRuntime } from './onnxruntime.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const TEXTS = [
  'package.nls.json',
  'package.nls.de.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'ThirdPartyNotices.txt',
];
const HERE = `${process.platform}-${process.arch}`;

const { values } = parseArgs({ options: { target: { type: 'string', default: HERE } } });
await buildAll();
const stage = stagePackage(values.target);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const packagePath = join(ROOT, `kenning-${values.target}-${version}.vsix`);
await createVSIX({
  cwd: stage,
  packagePath,
  target: values.target,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(`${packagePath}: ${(statSync(packagePath).size / 1e6).toFixed(1)} MB`);

function stagePackage(target) {
  const dir = join(ROOT, 'out', 'package', target);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const name of [...TEXTS, '.vscodeignore', 'dist', 'l10n', 'models', 'media']) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  }
  writeFileSync(join(dir, 'package.json'), JSON.stringify(shippedManifest(), null, 2));
  const [platform, arch] = target.split('-');
  if (!copyOnnxRuntime(join(dir, 'dist'), platform, arch))
    throw new Error(`ONNX Runtime has no library for ${target}.`);
  // The graph's addon is compiled on the machine it runs on; elsewhere the exact scan answers.
  if (target !== HERE) rmSync(join(dir, 'dist', 'native', 'hnswlib.node'), { force: true });
  return dir;
}

/** Everything is bundled: the reader of the package needs neither scripts nor dependencies. */
function shippedManifest() {
  const { scripts, dependencies, devDependencies, optionalDependencies, allowScripts, ...manifest } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  return manifest;
}
