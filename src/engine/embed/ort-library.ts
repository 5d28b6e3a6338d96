/** What both of ONNX Runtime's libraries offer and Kenning uses. */
import type { Env, InferenceSessionFactory, TensorConstructor } from 'onnxruntime-common';

export interface OrtLibrary {
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
  readonly env: Env;
}
