/** The one way to an ONNX Runtime session: one thread, no spinning, nothing reported. */
import * as ort from 'onnxruntime-node';

export function createSession(onnx: Uint8Array): Promise<ort.InferenceSession> {
  forbidTelemetry();
  return ort.InferenceSession.create(onnx, {
    intraOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
}

/**
 * ONNX Runtime's builds for Linux and macOS report to Microsoft and keep a device id in the home folder, unless they are
 * told not to before their first session: https://github.com/microsoft/onnxruntime/pull/27379
 */
function forbidTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
