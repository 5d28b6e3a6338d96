/**
 * Which of two equal hits comes first: by path, and within a file by id, which is the order of appearance. Ids of several
 * files tell what was indexed first, and answers must not depend on that.
 */
export function byPlace(a: Placed, b: Placed): number {
  if (a.path === b.path) return a.id - b.id;
  return a.path < b.path ? -1 : 1;
}

interface Placed {
  readonly id: number;
  readonly path: string;
}
