/**
 * `npm run package [-- --target T]...`: a VSIX for each target of `targets.mjs`, this machine's unless told otherwise, each
 * put together in a folder of its own, so that another platform's libraries never touch `dist/`. The graph's native part
 * is compiled on the platform that it is for; a package for another lacks it, which `--complete` forbids (releases).
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll } from './build.mjs';
import { copyOnnxRuntime } from './onnxruntime.mjs';
import { HERE, TARGETS } from './targets.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const TEXTS = [
  'package.nls.json',
  'package.nls.de.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'ThirdPartyNotices.txt',
];
const LIMIT_MB = 60;

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true, default: [HERE] },
    complete: { type: 'boolean', default: false },
  },
});
const unknown = values.target.find((target) => !TARGETS[target]);
if (unknown) throw new Error(`There is no package for ${unknown}: only for ${Object.keys(TARGETS).join(', ')}.`);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
await buildAll();
for (const target of values.target) await makePackage(target);

async function makePackage(target) {
  const packagePath = join(ROOT, `kenning-${target}-${manifest.version}.vsix`);
  await createVSIX({
    cwd: stagePackage(target),
    packagePath,
    ...(target !== 'universal' && { target }),
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const megabytes = statSync(packagePath).size / 1e6;
  console.log(`${packagePath}: ${megabytes.toFixed(1)} MB`);
  if (megabytes > LIMIT_MB) throw new Error(`${packagePath} is larger than ${LIMIT_MB} MB.`);
}

/** The folder that becomes the package. */
function stagePackage(target) {
  const dir = join(ROOT, 'out', 'package', target);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const name of [...TEXTS, '.vscodeignore', 'dist', 'l10n', 'models', 'media']) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  }
  writeFileSync(join(dir, 'package.json'), JSON.stringify(shippedManifest(), null, 2));
  placeNativeParts(join(dir, 'dist'), target);
  return dir;
}

function placeNativeParts(distDir, target) {
  const { hasGraph, hasRuntime } = TARGETS[target];
  const [platform, arch] = target.split('-');
  copyOnnxRuntime(distDir, ...(hasRuntime ? [platform, arch] : []));
  const graph = join(distDir, 'native', 'hnswlib.node');
  if (!hasGraph || target !== HERE) rmSync(graph, { force: true });
  const isComplete = existsSync(graph) === hasGraph;
  if (!isComplete && values.complete)
    throw new Error(`The package for ${target} would lack the HNSW graph's native part.`);
  if (!isComplete) console.log(`${target}: without the HNSW graph, which is compiled on the platform itself.`);
}

/** Everything is bundled: the package needs no dependencies, and the checkout's scripts, its command among them, stay there. */
function shippedManifest() {
  const { scripts, bin, dependencies, devDependencies, optionalDependencies, overrides, allowScripts, ...shipped } =
    manifest;
  return shipped;
}
