/**
 * The second student: refines the first one's vectors of the same texts, within the same space. It is some fifty times
 * as slow as the first, and knows nothing of files or functions.
 */
import { type InferenceSession, Tensor } from 'onnxruntime-common';
import { queryText } from '../../core/student/template.ts';
import { lengthBatches } from './length-batches.ts';
import type { RefinerCard, RefinerFiles } from './refiner-card.ts';
import type { Runtime } from './runtime.ts';
import { createSession } from './session.ts';
import { createTokenReader } from './tokens.ts';

/**
 * Padded tokens in one run: a text of the model's greatest length, or a few short ones. A run holds up the process, and
 * with it a search: this is what a search may have to wait for. Longer ones would gain nothing.
 */
const BATCH_TOKENS = 128;

export interface Refiner {
  readonly fingerprint: string;
  /** `base`: the student's vector of the same question. */
  refineQuery(query: string, base: Float32Array): Promise<Float32Array>;
  /**
   * Unit vectors in the order of `texts`; zeros for a text without words. `bases`: the student's vectors of them.
   * `turn` is awaited before each run of the model, a few milliseconds; what it throws ends the work.
   */
  refineCode(
    texts: readonly string[],
    bases: readonly Float32Array[],
    turn?: () => Promise<void>,
  ): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** A text as the model reads it. */
interface Entry {
  readonly ids: readonly number[];
  readonly base: Float32Array;
}

interface LoadedRefiner {
  readonly session: InferenceSession;
  readonly card: RefinerCard;
}

export async function loadRefiner(
  { card, fingerprint, onnx, tokenizer }: RefinerFiles,
  runtime?: Runtime,
): Promise<Refiner> {
  const session = await createSession(onnx, runtime);
  const model: LoadedRefiner = { session, card };
  const idsOf = refinerTokens(card, tokenizer);
  const noTurn = async (): Promise<void> => {};
  return {
    fingerprint,
    refineQuery: async (query, base) => {
      const entry = { ids: idsOf(queryText(card.queryTemplate, query)), base };
      return (await refineAll(model, [entry], noTurn))[0]!;
    },
    refineCode: (texts, bases, turn = noTurn) =>
      refineAll(
        model,
        texts.map((text, i) => ({ ids: idsOf(text), base: bases[i]! })),
        turn,
      ),
    dispose: () => session.release(),
  };
}

/** Text → `[cls]`, the ids of its words, `[sep]`; empty for a text without words. */
export function refinerTokens(
  { specialTokens: { cls, sep }, maxTokens }: RefinerCard,
  tokenizerJson: string,
): (text: string) => number[] {
  const read = createTokenReader(tokenizerJson);
  return (text) => {
    const ids = read(text, maxTokens - 2);
    return ids.length === 0 ? [] : [cls, ...ids, sep];
  };
}

async function refineAll(
  { session, card }: LoadedRefiner,
  entries: readonly Entry[],
  turn: () => Promise<void>,
): Promise<Float32Array[]> {
  const { dimensions } = card;
  const vectors = entries.map(() => new Float32Array(dimensions));
  const read = entries.flatMap(({ ids }, i) => (ids.length > 0 ? [i] : []));
  const lengths = read.map((i) => entries[i]!.ids.length);
  for (const batch of lengthBatches(lengths, BATCH_TOKENS)) {
    await turn();
    const places = batch.map((i) => read[i]!);
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

async function runBatch(
  session: InferenceSession,
  { dimensions, specialTokens }: RefinerCard,
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
