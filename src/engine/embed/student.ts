/** The student model: texts → unit vectors, through ONNX Runtime. It knows nothing of files or functions. */
import * as ort from 'onnxruntime-node';
import { type TokenBag, tokenBag } from '../../core/student/bag.ts';
import { queryText } from '../../core/student/template.ts';
import type { ModelFiles } from './model-card.ts';
import { createTokenReader } from './tokens.ts';

/** Padded cells in one run: enough to amortise the call, small enough to stay in the processor's cache. */
const BATCH_CELLS = 8192;
const QUERY = 0;
const CODE = 1;

export interface Student {
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly codeTemplate: string;
  /** Functions to embed between two commits; absent: the usual number. */
  readonly batchFunctions?: number;
  /** A unit vector of `dimensions` floats; all zeros for a text without words. */
  embedQuery(query: string): Promise<Float32Array>;
  /** One vector for each text, in order. */
  embedCode(texts: readonly string[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

export async function loadStudent(model: ModelFiles): Promise<Student> {
  const { card } = model;
  forbidTelemetry();
  const session = await ort.InferenceSession.create(model.onnx, {
    intraOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const readTokens = createTokenReader(model.tokenizer);
  const bagOf = (text: string): TokenBag => tokenBag(readTokens(text, card.maxTokens), card.maxTokens);
  return {
    dimensions: card.dimensions,
    fingerprint: model.fingerprint,
    codeTemplate: card.codeTemplate,
    embedQuery: async (query) =>
      (await embedBags(session, card.dimensions, [bagOf(queryText(card.queryTemplate, query))], QUERY))[0]!,
    embedCode: (texts) => embedBags(session, card.dimensions, texts.map(bagOf), CODE),
    dispose: () => session.release(),
  };
}

/**
 * ONNX Runtime's builds for Linux and macOS report to Microsoft and keep a device id in the home folder, unless they are
 * told not to before their first session: https://github.com/microsoft/onnxruntime/pull/27379
 */
export function forbidTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}

/** Runs bags of like length together, so that little of a batch is padding. */
async function embedBags(
  session: ort.InferenceSession,
  dimensions: number,
  bags: readonly TokenBag[],
  side: number,
): Promise<Float32Array[]> {
  const order = bags.map((_, i) => i).sort((a, b) => bags[a]!.ids.length - bags[b]!.ids.length);
  const vectors: Float32Array[] = new Array(bags.length);
  for (let start = 0; start < order.length; ) {
    const end = batchEnd(order, bags, start);
    const batch = order.slice(start, end);
    const flat = await runBatch(
      session,
      batch.map((i) => bags[i]!),
      side,
    );
    batch.forEach((bag, row) => {
      vectors[bag] = flat.slice(row * dimensions, (row + 1) * dimensions);
    });
    start = end;
  }
  return vectors;
}

function batchEnd(order: readonly number[], bags: readonly TokenBag[], start: number): number {
  let end = start + 1;
  while (end < order.length && (end - start + 1) * bags[order[end]!]!.ids.length <= BATCH_CELLS) end++;
  return end;
}

async function runBatch(session: ort.InferenceSession, bags: readonly TokenBag[], side: number): Promise<Float32Array> {
  const length = Math.max(1, ...bags.map((bag) => bag.ids.length));
  const ids = new BigInt64Array(bags.length * length);
  const weights = new Float32Array(bags.length * length);
  bags.forEach((bag, row) => {
    for (let i = 0; i < bag.ids.length; i++) ids[row * length + i] = BigInt(bag.ids[i]!);
    weights.set(bag.weights, row * length);
  });
  const { embedding } = await session.run({
    input_ids: new ort.Tensor('int64', ids, [bags.length, length]),
    weights: new ort.Tensor('float32', weights, [bags.length, length]),
    side: new ort.Tensor('int64', BigInt64Array.of(BigInt(side)), [1]),
  });
  return embedding!.data as Float32Array;
}
