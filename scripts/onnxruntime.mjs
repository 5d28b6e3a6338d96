/**
 * Copies ONNX Runtime: its library for one platform, without the parts that Kenning never uses, and its WebAssembly, which
 * runs everywhere.
 */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PACKAGES = resolve(import.meta.dirname, '../node_modules');
const BINARIES = join(PACKAGES, 'onnxruntime-node/bin/napi-v6');
const WASM = 'ort-wasm-simd-threaded.wasm';
/** For graphics cards; and macOS' library a second time, under a name that nothing asks for. */
const NOT_NEEDED =
  /^(DirectML|dxcompiler|dxil|libonnxruntime_providers_(cuda|tensorrt)|libonnxruntime(\.\d+){3}\.dylib)\b/i;

export function copyWasmRuntime(distDir) {
  copyIfNew(join(PACKAGES, 'onnxruntime-web/dist', WASM), join(distDir, WASM));
}

/** `platform` and `arch` as Node names them; absent: none is wanted. False where ONNX Runtime has no library. */
export function copyOnnxRuntime(distDir, platform, arch) {
  const parent = join(distDir, 'native', 'onnxruntime-node');
  const name = `${platform}-${arch}`;
  for (const other of existsSync(parent) ? readdirSync(parent) : []) {
    if (other !== name) rmSync(join(parent, other), { recursive: true });
  }
  const from = platform && join(BINARIES, platform, arch);
  if (!from || !existsSync(from)) return false;
  mkdirSync(join(parent, name), { recursive: true });
  for (const file of readdirSync(from).filter((file) => !NOT_NEEDED.test(file)))
    copyIfNew(join(from, file), join(parent, name, file));
  return true;
}

function copyIfNew(from, to) {
  if (existsSync(to) && statSync(to).size === statSync(from).size) return;
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
}
