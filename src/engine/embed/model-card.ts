/** Reads and checks `models/<id>/model.json`; says in one sentence what is wrong with a folder that is no model. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KenningError } from '../../core/errors.ts';
import type { PlaceFactors } from '../../core/student/bag.ts';

/** What every model's card says. */
export interface CardBasics {
  readonly id: string;
  /** File name → sha256 in hex. */
  readonly files: Readonly<Record<string, string>>;
  readonly maxTokens: number;
}

export interface ModelCard extends CardBasics {
  readonly dimensions: number;
  readonly pooling: 'weighted-sum';
  readonly queryTemplate: string;
  readonly codeTemplate: string;
  /** What a token's places count, for each side. */
  readonly placeFactors: { readonly query: PlaceFactors; readonly code: PlaceFactors };
}

/** A model's card and the bytes of its files, verified against the card. */
export interface Model<Card extends CardBasics = CardBasics> {
  readonly card: Card;
  /** Identifies weights and templates together: two different fingerprints give vectors that cannot be compared. */
  readonly fingerprint: string;
  readonly onnx: Uint8Array;
  /** Made anew each time: most starts need none of it. */
  readonly tokenizer: string;
}

export type ModelFiles = Model<ModelCard>;

/** Throws `model-unusable`. */
export const readModel = (dir: string): Promise<ModelFiles> => readVerified(dir, studentProblem);

/** `problemOf` looks at what only this kind of card holds, and says what is wrong or null. Throws `model-unusable`. */
export async function readVerified<Card extends CardBasics>(
  dir: string,
  problemOf: (card: Partial<Card>) => string | null,
): Promise<Model<Card>> {
  const cardText = await read(dir, 'model.json');
  const card = parseCard(dir, cardText.toString('utf8'), problemOf);
  const [onnx, tokenizer] = await Promise.all([
    verified(dir, 'model.onnx', card),
    verified(dir, 'tokenizer.json', card),
  ]);
  const fingerprint = `${card.id}-${createHash('sha256').update(identityOf(card)).digest('hex').slice(0, 12)}`;
  return {
    card,
    fingerprint,
    onnx,
    get tokenizer() {
      return tokenizer.toString('utf8');
    },
  };
}

/** What was measured with a model changes nothing about its vectors. */
function identityOf(card: CardBasics): string {
  return JSON.stringify(card, (key, value: unknown) => (key === 'evaluation' ? undefined : value));
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

function parseCard<Card extends CardBasics>(
  dir: string,
  text: string,
  problemOf: (card: Partial<Card>) => string | null,
): Card {
  let card: Partial<Card>;
  try {
    card = JSON.parse(text) as Partial<Card>;
  } catch (cause) {
    throw unusable(dir, 'model.json is not JSON', cause);
  }
  const isWhole = typeof card.id === 'string' && isCount(card.maxTokens) && isObject(card.files);
  const problem = isWhole ? problemOf(card) : LACKS;
  if (problem) throw unusable(dir, problem);
  return card as Card;
}

/** What a card problem says of a field that is missing or of another type. */
export const LACKS = 'model.json lacks a field';

function studentProblem(card: Partial<ModelCard>): string | null {
  const strings = [card.queryTemplate, card.codeTemplate].every((value) => typeof value === 'string');
  const { query, code }: Partial<ModelCard['placeFactors']> = card.placeFactors ?? {};
  if (!strings || !isCount(card.dimensions) || !areFactors(query) || !areFactors(code)) return LACKS;
  return card.pooling === 'weighted-sum' ? null : `its pooling ${String(card.pooling)} is not known`;
}

const areFactors = (value: unknown): boolean =>
  isFilled(value) && value.every((row) => isFilled(row) && row.every(isAbove0));

const isFilled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0;

const isAbove0 = (value: unknown): boolean => Number.isFinite(value) && (value as number) > 0;

/** A whole number above 0. */
export const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;

export const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

export function unusable(dir: string, what: string, cause?: unknown): KenningError {
  return new KenningError('model-unusable', `The model in ${dir} cannot be used: ${what}.`, { cause });
}
