/** The one way to a session of our own models: one thread, no spinning. */
import type { InferenceSession } from 'onnxruntime-common';
import { openRuntime, type Runtime } from './runtime.ts';

/** `runtime` absent: the product's choice. */
export async function createSession(onnx: Uint8Array, runtime?: Runtime): Promise<InferenceSession> {
  const { library } = runtime ?? (await openRuntime());
  return library.InferenceSession.create(onnx, {
    intraOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}
