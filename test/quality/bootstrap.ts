/**
 * How sure a difference between two rankings of the same questions is: a paired bootstrap that draws whole repositories,
 * as questions about one repository rise and fall together.
 */

export interface Difference {
  /** Mean of `after` − `before` over the questions. */
  readonly mean: number;
  /** 95 % percentile interval. */
  readonly low: number;
  readonly high: number;
}

export const RESAMPLES = 5000;
const SEED = 20_240_607;
const TAIL = 0.025;

/** The three lists run in parallel, one element a question; the same input gives the same interval. */
export function pairedDifference(
  before: readonly number[],
  after: readonly number[],
  clusters: readonly string[],
): Difference {
  const sums = clusterSums(
    after.map((value, i) => value - before[i]!),
    clusters,
  );
  const draw = uniform(SEED);
  const means = Array.from({ length: RESAMPLES }, () =>
    meanOf(sums.map(() => sums[Math.floor(draw() * sums.length)]!)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.round(share * (RESAMPLES - 1))]!;
  return { mean: meanOf(sums), low: at(TAIL), high: at(1 - TAIL) };
}

interface ClusterSum {
  readonly sum: number;
  readonly count: number;
}

function clusterSums(values: readonly number[], clusters: readonly string[]): ClusterSum[] {
  return [...Map.groupBy(values.keys(), (i) => clusters[i]!).values()].map((at) => ({
    sum: at.reduce((sum, i) => sum + values[i]!, 0),
    count: at.length,
  }));
}

function meanOf(sums: readonly ClusterSum[]): number {
  let total = 0;
  let count = 0;
  for (const each of sums) {
    total += each.sum;
    count += each.count;
  }
  return count === 0 ? 0 : total / count;
}

/** Xorshift (Marsaglia 2003) on 32 bits: numbers in 0..1 that are the same on every machine. `seed` is not 0. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
