/** Token ids → vectors: the refiner's runs of ONNX Runtime, in whatever thread they take place. It knows no text. */
import { type InferenceSession, Tensor } from 'onnxruntime-common';

/** A text as the model reads it: `[cls]`, the ids of its words, `[sep]`; none for a text without words. */
export interface Entry {
  readonly ids: readonly number[];
  /** The student's vector of it. */
  readonly base: Float32Array;
}

/**
 * Unit vectors in the order of `entries`; zeros for one without ids. `turn` is awaited before each run; what it throws
 * ends the work. A run is one text, because the graph has room for no other: it holds up its thread, and with it a search,
 * and several together would be no faster.
 */
export async function refineEntries(
  session: InferenceSession,
  entries: readonly Entry[],
  turn: () => Promise<void>,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const entry of entries) {
    if (entry.ids.length > 0) await turn();
    vectors.push(entry.ids.length > 0 ? await runEntry(session, entry) : new Float32Array(entry.base.length));
  }
  return vectors;
}

async function runEntry(session: InferenceSession, { ids, base }: Entry): Promise<Float32Array> {
  const shape = [1, ids.length];
  const { embedding } = await session.run({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    base: new Tensor('float32', base, [1, base.length]),
  });
  return embedding!.data as Float32Array;
}
