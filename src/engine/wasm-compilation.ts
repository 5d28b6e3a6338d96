/**
 * How V8 compiles the engine's WebAssembly. Its flags belong to the whole process and count for what is compiled while
 * they are set.
 */
import { setFlagsFromString } from 'node:v8';

/** All three: set after the start, the first does not imply the others. */
const BASELINE_ONLY = ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
const OPTIMISING = ['--no-liftoff-only', '--wasm-tier-up', '--wasm-dynamic-tiering'];
const EAGER = ['--no-liftoff', '--no-wasm-lazy-compilation'];
const LAZY = ['--liftoff', '--wasm-lazy-compilation'];

let isBaselineOnly = false;

/**
 * For grammars. A lexer is one function of up to 430 kB: for a moment V8's optimising compiler takes gigabytes for Swift's
 * and some 400 MB for Bash's, and makes parsing a quarter faster.
 */
export function keepBaselineCode(): void {
  isBaselineOnly = true;
  setFlags(BASELINE_ONLY);
}

/** For small modules that run hot: optimised before the first call. Throws what WebAssembly throws. */
export function compileOptimised(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  setFlags([...OPTIMISING, ...EAGER]);
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlags(LAZY);
    if (isBaselineOnly) setFlags(BASELINE_ONLY);
  }
}

/**
 * For code that V8 compiles when it is first called: what `work` calls for the first time may be optimised later on. Of
 * other code that is compiled meanwhile the same is true, so `work` is to wait for nothing but its own steps.
 */
export async function whileOptimising<T>(work: () => Promise<T>): Promise<T> {
  setFlags(OPTIMISING);
  try {
    return await work();
  } finally {
    if (isBaselineOnly) setFlags(BASELINE_ONLY);
  }
}

function setFlags(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag);
}
