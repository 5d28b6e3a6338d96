/**
 * A text as the static student sees it: its distinct tokens, each with a weight that grows with the logarithm of its
 * count. The training's twin is `training/kenning_training/bag.py`.
 */

export interface TokenBag {
  /** Distinct token ids in order of first appearance. */
  readonly ids: readonly number[];
  /** 1 + ln(count), one for each id. */
  readonly weights: readonly number[];
}

/** Tokens past `maxTokens` are not read. */
export function tokenBag(tokens: readonly number[], maxTokens: number): TokenBag {
  const counts = new Map<number, number>();
  const end = Math.min(tokens.length, maxTokens);
  for (let i = 0; i < end; i++) counts.set(tokens[i]!, (counts.get(tokens[i]!) ?? 0) + 1);
  return { ids: [...counts.keys()], weights: Array.from(counts.values(), (count) => 1 + Math.log(count)) };
}
