/** The student model: texts → unit vectors, through ONNX Runtime. It knows nothing of files or functions. */
import { type InferenceSession, Tensor } from 'onnxruntime-common';
import { type KnownWords, knownWords } from '../../core/query/known-words.ts';
import { type PlaceFactors, type TokenBag, tokenBag } from '../../core/student/bag.ts';
import { queryText, textFields } from '../../core/student/template.ts';
import { lengthBatches } from './length-batches.ts';
import type { ModelFiles } from './model-card.ts';
import type { Runtime } from './runtime.ts';
import { createSession } from './session.ts';
import { readTokenizer } from './tokens.ts';

/** Padded cells in one run: enough to amortise the call, small enough to stay in the processor's cache. */
const BATCH_CELLS = 8192;
const QUERY = 0;
const CODE = 1;

export interface Student {
  readonly dimensions: number;
  readonly fingerprint: string;
  readonly codeTemplate: string;
  /** Words that it has a vector of its own for, lower case; absent: unknown. */
  readonly words?: KnownWords;
  /** Functions to embed between two commits; absent: the usual number. */
  readonly batchFunctions?: number;
  /** A unit vector of `dimensions` floats; all zeros for a text without words. */
  embedQuery(query: string): Promise<Float32Array>;
  /** One vector for each text, in order. */
  embedCode(texts: readonly string[]): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

export async function loadStudent(model: ModelFiles, runtime?: Runtime): Promise<Student> {
  const { card } = model;
  const session = await createSession(model.onnx, runtime);
  const { read, vocabulary } = readTokenizer(model.tokenizer);
  const bagOf = (fields: readonly string[], factors: PlaceFactors): TokenBag =>
    tokenBag(
      fields.map((field) => read(field, card.maxTokens)),
      card.maxTokens,
      factors,
    );
  const queryBag = (query: string): TokenBag => bagOf([queryText(card.queryTemplate, query)], card.placeFactors.query);
  const codeBag = (text: string): TokenBag => bagOf(textFields(card.codeTemplate, text), card.placeFactors.code);
  return {
    dimensions: card.dimensions,
    fingerprint: model.fingerprint,
    codeTemplate: card.codeTemplate,
    words: knownWords(vocabulary),
    embedQuery: async (query) => (await embedBags(session, card.dimensions, [queryBag(query)], QUERY))[0]!,
    embedCode: (texts) => embedBags(session, card.dimensions, texts.map(codeBag), CODE),
    dispose: () => session.release(),
  };
}

async function embedBags(
  session: InferenceSession,
  dimensions: number,
  bags: readonly TokenBag[],
  side: number,
): Promise<Float32Array[]> {
  const lengths = bags.map(({ ids }) => ids.length);
  const vectors: Float32Array[] = new Array(bags.length);
  for (const batch of lengthBatches(lengths, BATCH_CELLS)) {
    const flat = await runBatch(
      session,
      batch.map((i) => bags[i]!),
      side,
    );
    batch.forEach((bag, row) => {
      vectors[bag] = flat.slice(row * dimensions, (row + 1) * dimensions);
    });
  }
  return vectors;
}

async function runBatch(session: InferenceSession, bags: readonly TokenBag[], side: number): Promise<Float32Array> {
  const length = Math.max(1, ...bags.map((bag) => bag.ids.length));
  const ids = new BigInt64Array(bags.length * length);
  // Ids fit the lower half of their numbers: setting that is many times as fast as making each a bigint.
  const halves = new Int32Array(ids.buffer);
  const weights = new Float32Array(bags.length * length);
  bags.forEach((bag, row) => {
    for (let i = 0; i < bag.ids.length; i++) halves[2 * (row * length + i)] = bag.ids[i]!;
    weights.set(bag.weights, row * length);
  });
  const { embedding } = await session.run({
    input_ids: new Tensor('int64', ids, [bags.length, length]),
    weights: new Tensor('float32', weights, [bags.length, length]),
    side: new Tensor('int64', BigInt64Array.of(BigInt(side)), [1]),
  });
  return embedding!.data as Float32Array;
}
