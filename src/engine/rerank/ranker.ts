/** The cross-encoder: a question and a text, read together → one score. It knows nothing of hits or files. */
import { type InferenceSession, Tensor } from 'onnxruntime-common';
import { KenningError } from '../../core/errors.ts';
import type { Runtime } from '../embed/runtime.ts';
import { createSession } from '../embed/session.ts';
import { createTokenReader, type TokenReader } from '../embed/tokens.ts';
import type { RankerCard, RankerFiles } from './ranker-card.ts';

/** Pairs in one run: between two runs a newer search can take over. */
const BATCH_PAIRS = 4;

export interface Ranker {
  readonly codeTemplate: string;
  /** One logit for each text, in order; higher is better. Rejects with `cancelled` between two runs. */
  score(query: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]>;
  dispose(): Promise<void>;
}

/** A question and a text as one row of tokens. */
export interface Pair {
  readonly ids: readonly number[];
  /** Where the text's tokens begin. */
  readonly textAt: number;
}

/** Throws what ONNX Runtime throws for a file that is no model. */
export async function loadRanker({ card, onnx, tokenizer }: RankerFiles, runtime?: Runtime): Promise<Ranker> {
  const session = await createSession(onnx, runtime);
  const readTokens = createTokenReader(tokenizer);
  return {
    codeTemplate: card.codeTemplate,
    score: async (query, texts, signal) => {
      const pairs = texts.map((text) => pairOf(card, readTokens, query, text));
      return scorePairs(session, pairs, card.specialTokens.pad, signal);
    },
    dispose: () => session.release(),
  };
}

/** `[cls] query [sep] text [sep]`, the question cut to its own limit, the text to what is left. */
export function pairOf(card: RankerCard, readTokens: TokenReader, query: string, text: string): Pair {
  const { cls, sep } = card.specialTokens;
  const head = [cls, ...readTokens(query, card.maxQueryTokens), sep];
  return { ids: [...head, ...readTokens(text, card.maxTokens - head.length - 1), sep], textAt: head.length };
}

/** Pairs of like length run together, so that little is padding. */
async function scorePairs(
  session: InferenceSession,
  pairs: readonly Pair[],
  pad: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const order = pairs.map((_, i) => i).sort((a, b) => pairs[a]!.ids.length - pairs[b]!.ids.length);
  const scores: number[] = new Array(pairs.length);
  for (let start = 0; start < order.length; start += BATCH_PAIRS) {
    // ONNX Runtime holds the thread: only here can word of a newer search come in.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) throw new KenningError('cancelled', 'A newer search took over.');
    const batch = order.slice(start, start + BATCH_PAIRS);
    const inputs = inputsOf(
      batch.map((i) => pairs[i]!),
      pad,
    );
    const { score } = await session.run(inputs);
    batch.forEach((pair, row) => {
      scores[pair] = (score!.data as Float32Array)[row]!;
    });
  }
  return scores;
}

function inputsOf(pairs: readonly Pair[], pad: number): Record<string, Tensor> {
  const length = Math.max(...pairs.map(({ ids }) => ids.length));
  const ids = new BigInt64Array(pairs.length * length).fill(BigInt(pad));
  const mask = new BigInt64Array(ids.length);
  const types = new BigInt64Array(ids.length);
  pairs.forEach((pair, row) => {
    const start = row * length;
    for (let i = 0; i < pair.ids.length; i++) ids[start + i] = BigInt(pair.ids[i]!);
    mask.fill(1n, start, start + pair.ids.length);
    types.fill(1n, start + pair.textAt, start + pair.ids.length);
  });
  const dims = [pairs.length, length];
  return {
    input_ids: new Tensor('int64', ids, dims),
    attention_mask: new Tensor('int64', mask, dims),
    token_type_ids: new Tensor('int64', types, dims),
  };
}
