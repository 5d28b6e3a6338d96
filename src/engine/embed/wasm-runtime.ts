/**
 * ONNX Runtime's WebAssembly build, on one thread, out of the installation's own `dist/`: nothing is looked for on the
 * network, where the library would look by itself.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InferenceSessionFactory } from 'onnxruntime-common';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { findInstallDir } from '../install-dir.ts';
import { keepBaselineCode, whileOptimising } from '../wasm-compilation.ts';
import type { OrtLibrary } from './ort-library.ts';

/** In these the functions that a model needs are compiled. */
const COMPILING_RUNS = 2;

/** Rejects where the file is missing. */
export async function loadWasmLibrary(): Promise<OrtLibrary> {
  const file = join(findInstallDir(import.meta.dirname), 'dist', 'ort-wasm-simd-threaded.wasm');
  // With a place of its own it asks nobody else, whoever uses the library next.
  const wasmPaths = { wasm: pathToFileURL(file).href };
  Object.assign(env.wasm, { numThreads: 1, proxy: false, wasmBinary: await readFile(file), wasmPaths });
  // What reads a model's file is most of the code, and runs once.
  keepBaselineCode();
  const create = async (
    model: Uint8Array | string,
    options?: InferenceSession.SessionOptions,
  ): Promise<InferenceSession> => {
    // A path would be fetched.
    const onnx = typeof model === 'string' ? await readFile(model) : model;
    return optimisedSession(await InferenceSession.create(onnx, options));
  };
  return { env, Tensor, InferenceSession: { create: create as InferenceSessionFactory['create'] } };
}

/** V8 compiles a function when it is first called: those of the first runs are worth optimising. */
function optimisedSession(session: InferenceSession): InferenceSession {
  const run = session.run.bind(session);
  let left = COMPILING_RUNS;
  return Object.assign(session, {
    run: (feeds: InferenceSession.OnnxValueMapType, options?: InferenceSession.RunOptions) =>
      left-- > 0 ? whileOptimising(() => run(feeds, options)) : run(feeds, options),
  });
}
