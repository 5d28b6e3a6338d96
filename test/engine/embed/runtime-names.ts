/** The runtimes that load on this machine: where ONNX Runtime has no library for it, WebAssembly alone. */
import { HERE, TARGETS } from '../../../scripts/targets.mjs';
import type { RuntimeName } from '../../../src/engine/api/options.ts';

export const RUNTIMES: readonly RuntimeName[] = TARGETS[HERE]?.hasRuntime ? ['native', 'wasm'] : ['wasm'];
