/**
 * `npm run build`: everything that runs, into `dist/`: bundles, grammars, the vector scan's WebAssembly, what
 * models' files are packed into, native parts.
 * The same layout serves a checkout and the package. Returns at once when nothing has changed.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleExtension, bundlePrograms } from './bundle.ts';
import { copyGrammars } from './grammars.mjs';
import { buildNative } from './native.mjs';
import { copyOnnxRuntime, copyWasmRuntime } from './onnxruntime.mjs';
import { packModels } from './packed.ts';
import { fingerprint, isFresh, writeStamp } from './stamp.mjs';
import { buildWasm } from './wasm.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** `say` hears one line for each thing that a user should know. */
export async function buildAll(say = console.error) {
  if (isFresh(DIST)) return;
  const print = fingerprint();
  const startedAt = Date.now();
  // The parts name their sources from the root.
  process.chdir(ROOT);
  mkdirSync(join(DIST, 'native'), { recursive: true });
  removePieces();
  await Promise.all([bundleExtension({ distDir: DIST }), bundlePrograms({ distDir: DIST })]);
  await copyGrammars(DIST);
  await buildWasm(DIST);
  await packModels(ROOT);
  await buildNative(DIST);
  copyWasmRuntime(DIST);
  if (!copyOnnxRuntime(DIST, process.platform, process.arch)) {
    say(
      `ONNX Runtime has no library for ${process.platform}-${process.arch}: models run in WebAssembly, which is slower.`,
    );
  }
  writeStamp(DIST, print);
  say(`Built Kenning in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** Pieces of bundles carry their content's hash in their names: those of the last build would stay for ever. */
function removePieces() {
  for (const name of readdirSync(DIST)) if (/-[A-Z0-9]{8}\.mjs$/.test(name)) rmSync(join(DIST, name));
}

if (import.meta.main) await buildAll();
