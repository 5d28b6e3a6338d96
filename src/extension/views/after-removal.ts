/** Where the focus of a tree goes when one of its rows goes, as in the editor's own search view. Pure. */

export interface Rows<T> {
  getChildren(node?: T): readonly T[];
  getParent(node: T): T | undefined;
}

/** The ids of the rows after it, those before it, what it lies under and that one's neighbours: nearest first. */
export function neighbours<T>(rows: Rows<T>, node: T, idOf: (node: T) => string): readonly string[] {
  const parent = rows.getParent(node);
  const siblings = rows.getChildren(parent).map(idOf);
  const at = siblings.indexOf(idOf(node));
  const near = [...siblings.slice(at + 1), ...siblings.slice(0, Math.max(at, 0)).reverse()];
  return parent === undefined ? near : [...near, idOf(parent), ...neighbours(rows, parent, idOf)];
}

/** As they stand, from `node` down. */
export const allRows = <T>(rows: Pick<Rows<T>, 'getChildren'>, node?: T): readonly T[] =>
  rows.getChildren(node).flatMap((child) => [child, ...allRows(rows, child)]);
