/** ONNX Runtime's native library, which is not in every package and does not load on every system: importing may throw. */
import { env, InferenceSession, Tensor } from 'onnxruntime-node';
import type { OrtLibrary } from './ort-library.ts';

/**
 * Builds for Linux and macOS report to Microsoft and keep a device id in the home folder, unless they are told not to
 * before their first session: https://github.com/microsoft/onnxruntime/pull/27379
 */
process.env.ORT_DISABLE_TELEMETRY = '1';

export const nativeLibrary: OrtLibrary = { env, InferenceSession, Tensor };
