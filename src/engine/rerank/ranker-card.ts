/** Reads and checks a cross-encoder's folder; says in one sentence what is wrong with one that cannot be used. */
import { type CardBasics, isCount, isObject, LACKS, type Model, readVerified } from '../embed/model-card.ts';

export interface RankerCard extends CardBasics {
  readonly architecture: 'cross-encoder';
  /** Of the question's own tokens; `maxTokens` counts the whole row, special tokens included. */
  readonly maxQueryTokens: number;
  readonly specialTokens: { readonly cls: number; readonly sep: number; readonly pad: number };
  readonly codeTemplate: string;
}

export type RankerFiles = Model<RankerCard>;

/** Throws `model-unusable`. */
export const readRanker = (dir: string): Promise<RankerFiles> => readVerified(dir, rankerProblem);

function rankerProblem(card: Partial<RankerCard>): string | null {
  if (card.architecture !== 'cross-encoder') return 'it is no cross-encoder';
  const { cls, sep, pad } = card.specialTokens ?? {};
  const hasTokens = isObject(card.specialTokens) && [cls, sep, pad].every(Number.isInteger);
  return hasTokens && isCount(card.maxQueryTokens) && typeof card.codeTemplate === 'string' ? null : LACKS;
}
