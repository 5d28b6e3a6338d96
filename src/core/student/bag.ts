/**
 * A text as the static student sees it: its distinct tokens, each with a weight that grows with the logarithm of how
 * often it stands there, places counted by a learned factor: a name says more than the end of a body. The training's
 * twin is `training/kenning_training/bag.py`.
 */

export interface TokenBag {
  /** Distinct token ids in order of first appearance. */
  readonly ids: readonly number[];
  /** log2(1 + the sum of the factors of its places), one for each id. */
  readonly weights: readonly number[];
}

/**
 * For each field of a text the factors of its stretches: of the first token, of the next two, the next four, and so on,
 * each twice as long. The last one is also that of all that follow; so is the last field.
 */
export type PlaceFactors = readonly (readonly number[])[];

/** Tokens past `maxTokens` of all fields together are not read. */
export function tokenBag(fields: readonly (readonly number[])[], maxTokens: number, factors: PlaceFactors): TokenBag {
  const sums = new Map<number, number>();
  let left = maxTokens;
  fields.forEach((tokens, field) => {
    const ofField = factors[Math.min(field, factors.length - 1)]!;
    const end = Math.min(tokens.length, left);
    for (let i = 0; i < end; i++) {
      const factor = ofField[Math.min(stretchOf(i), ofField.length - 1)]!;
      sums.set(tokens[i]!, (sums.get(tokens[i]!) ?? 0) + factor);
    }
    left -= end;
  });
  return { ids: [...sums.keys()], weights: Array.from(sums.values(), (sum) => Math.log2(1 + sum)) };
}

/** 0 for the first place, 1 for the next two, 2 for the next four … */
const stretchOf = (position: number): number => 31 - Math.clz32(position + 1);
