/** What a hit stands for besides itself, as far as a model is told: the first few places, and how many more there are. Pure. */

/** A function that is not listed for itself: an overload, a piece, a copy. */
export interface SamePlace {
  /** As the hit's own. */
  readonly path: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** Qualified: `Class.method`. */
  readonly name: string;
}

export interface Same {
  /** Absent where the hit stands for itself alone. */
  readonly also?: readonly SamePlace[];
  /** Further ones that are not told; absent: none. */
  readonly alsoLeftOut?: number;
}

/** Who mends something in all copies wants each; of a name that eighty functions have, eighty say nothing. */
const MOST_TOLD = 10;

/** `pathOf`: a path of the index as the model is to read it. */
export function sameAs(also: readonly SamePlace[] | undefined, pathOf: (path: string) => string): Same {
  if (!also || also.length === 0) return {};
  const told = also
    .slice(0, MOST_TOLD)
    .map(({ path, startLine, endLine, name }) => ({ path: pathOf(path), startLine, endLine, name }));
  return also.length > MOST_TOLD ? { also: told, alsoLeftOut: also.length - MOST_TOLD } : { also: told };
}

/** `also: src/copy.ts:4-9 stop, src/pool.ts:12-30 Pool.stop and 3 more`; empty where there is nothing. */
export function sameText({ also = [], alsoLeftOut = 0 }: Same): string {
  if (also.length === 0) return '';
  const places = also.map(({ path, startLine, endLine, name }) => `${path}:${startLine}-${endLine} ${name}`);
  return `also: ${places.join(', ')}${alsoLeftOut > 0 ? ` and ${alsoLeftOut} more` : ''}`;
}
