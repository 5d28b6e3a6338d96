/** Coordinate search over a ranking's parameters, and what it is worth on groups of questions that it has not seen. */
import { mean } from './scores.ts';

const FACTORS = [0, 0.5, 0.75, 1.25, 1.5, 2];
const ROUNDS = 3;
const LEAST_GAIN = 0.0005;

type Numbers<P> = { readonly [K in keyof P]: number };

/** From `start`, one parameter after the other is multiplied by each factor; what scores better is kept. */
export function fitParameters<P extends Numbers<P>>(start: P, scoreOf: (parameters: P) => number): P {
  let best = start;
  let bestScore = scoreOf(best);
  for (let round = 0; round < ROUNDS; round++) {
    const before = bestScore;
    for (const key of Object.keys(start) as (keyof P)[]) {
      const value = best[key];
      for (const factor of FACTORS) {
        const tried = { ...best, [key]: round3(value * factor) };
        const score = scoreOf(tried);
        if (score > bestScore + 1e-6) [best, bestScore] = [tried, score];
      }
    }
    if (bestScore - before < LEAST_GAIN) break;
  }
  return best;
}

/** How good scores are as a whole, where only those count that `counts` says; `counts` takes a question's place. */
export type Objective = (values: readonly number[], counts: (i: number) => boolean) => number;

const meanOfCounted: Objective = (values, counts) => mean(values.filter((_, i) => counts(i)));

/**
 * Each group's scores under parameters that were fitted to all other questions. `groups`: one name a question, null for
 * one that is only fitted to, whose score stays 0; `valuesOf`: parameters → one score a question. Folds try much the same
 * parameters: each is scored once.
 */
export function crossValidated<P extends Numbers<P>>(
  start: P,
  groups: readonly (string | null)[],
  valuesOf: (parameters: P) => readonly number[],
  objective: Objective = meanOfCounted,
): number[] {
  const known = new Map<string, readonly number[]>();
  const cached = (parameters: P): readonly number[] => {
    const key = JSON.stringify(parameters);
    const values = known.get(key) ?? valuesOf(parameters);
    known.set(key, values);
    return values;
  };
  const held = new Array<number>(groups.length).fill(0);
  for (const group of new Set(groups)) {
    if (group === null) continue;
    const chosen = fitParameters(start, (parameters) => objective(cached(parameters), (i) => groups[i] !== group));
    cached(chosen).forEach((value, i) => {
      if (groups[i] === group) held[i] = value;
    });
  }
  return held;
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
