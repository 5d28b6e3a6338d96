/** Reads and checks a cross-encoder's folder; says in one sentence what is wrong with one that cannot be used. */
import { read, unusable, verified } from '../embed/model-card.ts';

export interface RankerCard {
  readonly id: string;
  /** File name → sha256 in hex. */
  readonly files: Readonly<Record<string, string>>;
  /** Special tokens included. */
  readonly maxTokens: number;
  /** Of the question's own tokens. */
  readonly maxQueryTokens: number;
  readonly specialTokens: { readonly cls: number; readonly sep: number; readonly pad: number };
  readonly codeTemplate: string;
}

export interface RankerFiles {
  readonly card: RankerCard;
  readonly onnx: Uint8Array;
  readonly tokenizer: string;
}

/** Throws `model-unusable`. */
export async function readRanker(dir: string): Promise<RankerFiles> {
  const card = parseCard(dir, (await read(dir, 'model.json')).toString('utf8'));
  const [onnx, tokenizer] = await Promise.all([
    verified(dir, 'model.onnx', card),
    verified(dir, 'tokenizer.json', card),
  ]);
  return { card, onnx, tokenizer: tokenizer.toString('utf8') };
}

function parseCard(dir: string, text: string): RankerCard {
  let card: Partial<RankerCard & { architecture: string }>;
  try {
    card = JSON.parse(text) as typeof card;
  } catch (cause) {
    throw unusable(dir, 'model.json is not JSON', cause);
  }
  if (card.architecture !== 'cross-encoder') throw unusable(dir, 'it is no cross-encoder');
  const { cls, sep, pad } = card.specialTokens ?? {};
  const numbers = [card.maxTokens, card.maxQueryTokens, cls, sep, pad].every(Number.isInteger);
  const others = [card.id, card.codeTemplate].every((value) => typeof value === 'string');
  if (!numbers || !others || typeof card.files !== 'object') throw unusable(dir, 'model.json lacks a field');
  return card as RankerCard;
}
