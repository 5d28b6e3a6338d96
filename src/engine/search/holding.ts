/** Which rows hold what a phrase is made of, from postings alone. */
import { type Postings, postingRange } from '../../core/lexical/postings.ts';

/** Term ids: of each group, a row holds all terms of one alternative at least. */
export type TermIdGroups = readonly (readonly (readonly number[])[])[];

/** 1 for the rows that satisfy every group. */
export function rowsHolding(postings: Postings, groups: TermIdGroups): Uint8Array {
  const holding = new Uint8Array(postings.rows).fill(1);
  for (const group of groups) {
    const found = new Uint8Array(postings.rows);
    for (const terms of group) markHolding(postings, terms, found);
    for (let row = 0; row < found.length; row++) holding[row]! &= found[row]!;
  }
  return holding;
}

function markHolding(postings: Postings, terms: readonly number[], found: Uint8Array): void {
  const distinct = [...new Set(terms)];
  const held = new Uint8Array(postings.rows);
  for (const term of distinct) {
    const [start, end] = postingRange(postings, term);
    for (let i = start; i < end; i++) held[postings.postingRows[i]!]!++;
  }
  for (let row = 0; row < held.length; row++) if (held[row] === distinct.length) found[row] = 1;
}
