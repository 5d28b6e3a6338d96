/** Token ids → vectors: the refiner's runs of ONNX Runtime, in whatever thread they take place. It knows no text. */
import { type InferenceSession, Tensor } from 'onnxruntime-common';
import { lengthBatches } from './length-batches.ts';
import type { RefinerCard } from './refiner-card.ts';

/**
 * Padded tokens in one run: a text of the model's greatest length, or a few short ones. A run holds up its thread, and
 * with it a search: this is what a search may have to wait for. Longer ones would gain nothing.
 */
const BATCH_TOKENS = 128;

/** A text as the model reads it: `[cls]`, the ids of its words, `[sep]`; none for a text without words. */
export interface Entry {
  readonly ids: readonly number[];
  /** The student's vector of it. */
  readonly base: Float32Array;
}

export type RunCard = Pick<RefinerCard, 'dimensions' | 'specialTokens'>;

/** Unit vectors in the order of `entries`; zeros for one without ids. `turn` is awaited before each run; what it throws ends the work. */
export async function refineEntries(
  session: InferenceSession,
  card: RunCard,
  entries: readonly Entry[],
  turn: () => Promise<void>,
): Promise<Float32Array[]> {
  const { dimensions } = card;
  const vectors = entries.map(() => new Float32Array(dimensions));
  for (const places of entryBatches(entries, BATCH_TOKENS)) {
    await turn();
    const flat = await runBatch(
      session,
      card,
      places.map((i) => entries[i]!),
    );
    places.forEach((place, row) => {
      vectors[place] = flat.slice(row * dimensions, (row + 1) * dimensions);
    });
  }
  return vectors;
}

/** Places of entries that have ids, those of like length together; padded, a batch holds at most `tokens` of them, or one entry. */
export function* entryBatches(entries: readonly Entry[], tokens: number): Generator<readonly number[], void> {
  const read = entries.flatMap(({ ids }, i) => (ids.length > 0 ? [i] : []));
  const lengths = read.map((i) => entries[i]!.ids.length);
  for (const batch of lengthBatches(lengths, tokens)) yield batch.map((i) => read[i]!);
}

async function runBatch(
  session: InferenceSession,
  { dimensions, specialTokens }: RunCard,
  entries: readonly Entry[],
): Promise<Float32Array> {
  const length = Math.max(...entries.map(({ ids }) => ids.length));
  const ids = new BigInt64Array(entries.length * length).fill(BigInt(specialTokens.pad));
  const mask = new BigInt64Array(entries.length * length);
  const base = new Float32Array(entries.length * dimensions);
  entries.forEach((entry, row) => {
    entry.ids.forEach((id, i) => {
      ids[row * length + i] = BigInt(id);
    });
    mask.fill(1n, row * length, row * length + entry.ids.length);
    base.set(entry.base, row * dimensions);
  });
  const { embedding } = await session.run({
    input_ids: new Tensor('int64', ids, [entries.length, length]),
    attention_mask: new Tensor('int64', mask, [entries.length, length]),
    base: new Tensor('float32', base, [entries.length, dimensions]),
  });
  return embedding!.data as Float32Array;
}
