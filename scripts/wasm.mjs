/** Assembles the vector scan's WebAssembly into `dist/`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const SOURCE = 'src/engine/vectors/scan.wat';

export async function buildWasm(distDir) {
  const { parseWat } = await wabt();
  const module = parseWat(SOURCE, readFileSync(SOURCE, 'utf8'), { simd: true });
  mkdirSync(distDir, { recursive: true });
  writeFileSync(join(distDir, 'scan.wasm'), module.toBinary({}).buffer);
  module.destroy();
}
