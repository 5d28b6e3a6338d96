/**
 * Copies ONNX Runtime: its library for one platform, without the parts for graphics cards, which Kenning never uses, and
 * its WebAssembly, which runs everywhere.
 */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BINARIES = resolve(import.meta.dirname, '../node_modules/onnxruntime-node/bin/napi-v6');
const NOT_NEEDED = /^(DirectML|dxcompiler|dxil|libonnxruntime_providers_(cuda|tensorrt))\b/i;

const WASM = resolve(import.meta.dirname, '../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm');

export function copyWasmRuntime(distDir) {
  copyIfNew(WASM, join(distDir, 'ort-wasm-simd-threaded.wasm'));
}

/** `platform` and `arch` as Node names them. False where ONNX Runtime has no binary. */
export function copyOnnxRuntime(distDir, platform, arch) {
  const from = join(BINARIES, platform, arch);
  const parent = join(distDir, 'native', 'onnxruntime-node');
  const to = join(parent, `${platform}-${arch}`);
  for (const other of existsSync(parent) ? readdirSync(parent) : []) {
    if (join(parent, other) !== to) rmSync(join(parent, other), { recursive: true });
  }
  if (!existsSync(from)) return false;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => !NOT_NEEDED.test(file)))
    copyIfNew(join(from, name), join(to, name));
  return true;
}

function copyIfNew(from, to) {
  if (existsSync(to) && statSync(to).size === statSync(from).size) return;
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}
