/**
 * What the models run on, decided here alone: ONNX Runtime's native library where it loads, else the same version in
 * WebAssembly, which is part of every package and needs nothing of the system. Vectors of both are the same but for
 * rounding, so what one has indexed the other searches.
 */
import type { RuntimeName } from '../api/options.ts';
import type { OrtLibrary } from './ort-library.ts';

export interface Runtime {
  readonly name: RuntimeName;
  readonly library: OrtLibrary;
  /** Why the native library, which is there, is not used; for the user. */
  readonly notices: readonly string[];
}

let native: Promise<Runtime> | null = null;
let wasm: Promise<Runtime> | null = null;

/** `wanted` absent: the product's choice. Rejects with what loading throws. */
export function openRuntime(wanted?: RuntimeName): Promise<Runtime> {
  if (wanted === 'wasm') return openWasm();
  return wanted === 'native' ? openNative() : openNative().catch(insteadOfNative);
}

function openNative(): Promise<Runtime> {
  native ??= import('./native-runtime.ts').then(({ nativeLibrary: library }) => ({
    name: 'native',
    library,
    notices: [],
  }));
  return native;
}

function openWasm(): Promise<Runtime> {
  wasm ??= import('./wasm-runtime.ts').then(async ({ loadWasmLibrary }) => ({
    name: 'wasm',
    library: await loadWasmLibrary(),
    notices: [],
  }));
  return wasm;
}

async function insteadOfNative(error: NodeJS.ErrnoException): Promise<Runtime> {
  // Not part of this package, and meant so.
  if (error.code?.endsWith('MODULE_NOT_FOUND')) return openWasm();
  const reason = error.message.split('\n')[0]!.replace(/\.$/, '');
  const notice = `The native ONNX Runtime does not load here (${reason}), so models run in WebAssembly: same results, only slower.`;
  return { ...(await openWasm()), notices: [notice] };
}
