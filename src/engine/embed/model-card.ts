/** Reads and checks `models/<id>/model.json`; says in one sentence what is wrong with a folder that is no model. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KenningError } from '../../core/errors.ts';

export interface ModelCard {
  readonly id: string;
  /** File name → sha256 in hex. */
  readonly files: Readonly<Record<string, string>>;
  readonly dimensions: number;
  readonly maxTokens: number;
  readonly pooling: 'weighted-sum';
  readonly queryTemplate: string;
  readonly codeTemplate: string;
}

/** A model's card and the bytes of its files, verified against the card. */
export interface ModelFiles {
  readonly card: ModelCard;
  /** Identifies weights and templates together: two different fingerprints give vectors that cannot be compared. */
  readonly fingerprint: string;
  readonly onnx: Uint8Array;
  readonly tokenizer: string;
}

export async function readModel(dir: string): Promise<ModelFiles> {
  const cardText = await read(dir, 'model.json');
  const card = parseCard(dir, cardText.toString('utf8'));
  const [onnx, tokenizer] = await Promise.all([
    verified(dir, 'model.onnx', card),
    verified(dir, 'tokenizer.json', card),
  ]);
  const fingerprint = `${card.id}-${createHash('sha256').update(cardText).digest('hex').slice(0, 12)}`;
  return { card, fingerprint, onnx, tokenizer: tokenizer.toString('utf8') };
}

/** The file's bytes if they are those that the card names; throws `model-unusable`. */
export async function verified(dir: string, name: string, card: Pick<ModelCard, 'files'>): Promise<Buffer> {
  const bytes = await read(dir, name);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (card.files[name] !== sha256) throw unusable(dir, `${name} is not the file that model.json names`);
  return bytes;
}

export async function read(dir: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(dir, name));
  } catch (cause) {
    throw unusable(dir, `${name} cannot be read`, cause);
  }
}

function parseCard(dir: string, text: string): ModelCard {
  let card: Partial<ModelCard>;
  try {
    card = JSON.parse(text) as Partial<ModelCard>;
  } catch (cause) {
    throw unusable(dir, 'model.json is not JSON', cause);
  }
  const strings = [card.id, card.queryTemplate, card.codeTemplate].every((value) => typeof value === 'string');
  const numbers = [card.dimensions, card.maxTokens].every((value) => Number.isInteger(value) && (value as number) > 0);
  if (!strings || !numbers || typeof card.files !== 'object') throw unusable(dir, 'model.json lacks a field');
  if (card.pooling !== 'weighted-sum') throw unusable(dir, `its pooling ${String(card.pooling)} is not known`);
  return card as ModelCard;
}

export function unusable(dir: string, what: string, cause?: unknown): KenningError {
  return new KenningError('model-unusable', `The model in ${dir} cannot be used: ${what}.`, { cause });
}
