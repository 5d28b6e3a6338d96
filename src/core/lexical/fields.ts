/** The fields that a function's terms are counted in, and how the counts travel. */
import type { CodeFunction } from '../code-function.ts';
import { termsOf } from './terms.ts';

export const FIELDS = ['name', 'path', 'doc', 'body'] as const;
export const FIELD_COUNT = FIELDS.length;
const MOST = 255;

/** Term → its count in each field, packed into 32 bits: name in the lowest byte, body in the highest. */
export type FieldTerms = ReadonlyMap<string, number>;

/** The path's terms are the same for every function of a file: pass them in. */
export function fieldTerms(fn: CodeFunction, pathTerms: readonly string[]): FieldTerms {
  const counts = new Map<string, number>();
  addField(counts, 0, termsOf(fn.qualifiedName));
  addField(counts, 1, pathTerms);
  addField(counts, 2, termsOf(fn.doc));
  addField(counts, 3, termsOf(fn.code));
  return counts;
}

export function countIn(packed: number, field: number): number {
  return (packed >>> (8 * field)) & MOST;
}

function addField(counts: Map<string, number>, field: number, terms: readonly string[]): void {
  const one = 2 ** (8 * field);
  for (const term of terms) {
    const packed = counts.get(term) ?? 0;
    if (countIn(packed, field) < MOST) counts.set(term, packed + one);
  }
}
