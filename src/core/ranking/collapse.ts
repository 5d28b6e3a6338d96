/** Brings together what is the same thing several times over: overloads, pieces of a long function, copies. */

/**
 * Groups in the order of their first members. `items`: best first. Two that share a key are alike; so are two that are alike
 * to a third which came before them both.
 */
export function collapsed<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const groups: T[][] = [];
  const groupOfKey = new Map<string, T[]>();
  for (const item of items) {
    const keys = keysOf(item);
    if (keys.length === 0) {
      groups.push([item]);
      continue;
    }
    let group = keys.map((key) => groupOfKey.get(key)).find((found) => found !== undefined);
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(item);
    for (const key of keys) if (!groupOfKey.has(key)) groupOfKey.set(key, group);
  }
  return groups;
}
