/** Any embedding model that a user names, as a student: texts → tokens → the model's network → pooled unit vectors. */

import { openRuntime, type Runtime } from '../embed/runtime.ts';
import type { Student } from '../embed/student.ts';
import { modelFromHub } from './hub.ts';
import { lengthBatches } from './length-batches.ts';
import { NAMED_CODE_TEMPLATE, type NamedModel, readNamedModel, unusable } from './model-folder.ts';
import { placeOfModel } from './model-place.ts';
import type { Encoder, EncoderOutput } from './transformers.ts';

/** Padded tokens in one run: larger batches gain nothing, padding of unlike lengths costs three times over. */
const BATCH_TOKENS = 512;

/** A second or less of a large model's work: what a kill or a cancel loses. */
const BATCH_FUNCTIONS = 64;

export interface NamedStudentOptions {
  /** A folder, or `owner/name` of the hub. */
  readonly name: string;
  /** What a relative folder starts from. */
  readonly folder: string;
  readonly storageDir: string;
  /** Absent: the product's choice. */
  readonly runtime?: Runtime;
  /** Ends a download. */
  readonly signal?: AbortSignal;
}

/**
 * Throws `model-unavailable` (no such folder, offline, unknown to the hub), `model-unusable` (not what Kenning runs),
 * `cancelled`.
 */
export async function loadNamedStudent(options: NamedStudentOptions): Promise<Student> {
  const { name, folder, storageDir, runtime, signal } = options;
  const place = placeOfModel(name, folder);
  const dir = place.kind === 'hub' ? await modelFromHub(place.id, storageDir, signal) : place.dir;
  // A folder by its whole path, however it was written: it is one model with one index.
  const model = await readNamedModel(dir, place.kind === 'hub' ? place.id : dir);
  const encoder = await load(model, runtime ?? (await openRuntime()));
  try {
    const [probe] = await embed(encoder, model, ['kenning']);
    return studentOf(encoder, model, probe!.length);
  } catch (cause) {
    await encoder.dispose();
    throw unusable(dir, reasonOf(cause), cause);
  }
}

function studentOf(encoder: Encoder, model: NamedModel, dimensions: number): Student {
  const vectors = async (prefix: string, texts: readonly string[]): Promise<Float32Array[]> => {
    const isEmpty = texts.map((text) => text.trim() === '');
    const found = await embed(
      encoder,
      model,
      texts.filter((_, i) => !isEmpty[i]).map((text) => prefix + text),
    );
    let next = 0;
    return isEmpty.map((empty) => (empty ? new Float32Array(dimensions) : found[next++]!));
  };
  return {
    dimensions,
    fingerprint: model.fingerprint,
    codeTemplate: NAMED_CODE_TEMPLATE,
    batchFunctions: BATCH_FUNCTIONS,
    embedQuery: async (query) => (await vectors(model.queryPrefix, [query]))[0]!,
    embedCode: (texts) => vectors(model.codePrefix, texts),
    dispose: () => encoder.dispose(),
  };
}

async function load(model: NamedModel, runtime: Runtime): Promise<Encoder> {
  // Where Transformers.js looks for one before it takes its own.
  Object.assign(globalThis, { [Symbol.for('onnxruntime')]: runtime.library });
  // A megabyte of code that nobody needs who has not named a model.
  const { loadEncoder } = await import('./transformers.ts');
  try {
    return await loadEncoder(model);
  } catch (cause) {
    throw unusable(model.dir, reasonOf(cause), cause);
  }
}

/** One vector for each text, in order; texts of like length run together. */
async function embed(encoder: Encoder, model: NamedModel, texts: readonly string[]): Promise<Float32Array[]> {
  const rows = texts.map((text) => cut(encoder.tokenIds(text), model.maxTokens));
  const lengths = rows.map((row) => row.length);
  const vectors: Float32Array[] = new Array(texts.length);
  for (const batch of lengthBatches(lengths, BATCH_TOKENS)) {
    const output = await encoder.run(batch.map((i) => rows[i]!));
    batch.forEach((i, row) => {
      vectors[i] = normalised(pooled(output, row, rows[i]!.length, model.pooling));
    });
  }
  return vectors;
}

/** The last token closes a text, so it stays. */
function cut(ids: readonly number[], maxTokens: number): readonly number[] {
  return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1)!];
}

/** `length`: the row's tokens; what follows them is padding. */
function pooled({ data, dims }: EncoderOutput, row: number, length: number, pooling: 'mean' | 'cls'): Float32Array {
  const dimensions = dims.at(-1)!;
  if (dims.length === 2) return data.slice(row * dimensions, (row + 1) * dimensions);
  const start = row * dims[1]! * dimensions;
  if (pooling === 'cls') return data.slice(start, start + dimensions);
  const sum = new Float32Array(dimensions);
  for (let at = start; at < start + length * dimensions; at++) sum[(at - start) % dimensions]! += data[at]!;
  return sum;
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/\.$/, '');
}
