/** Work on the next items while one is being dealt with. */

/**
 * What `work` makes of each item, in the order of `items`, with up to `most` of them under way; 1: none before it is asked
 * for. What it rejects with comes at its place and ends the rest.
 */
export async function* workedAhead<T, Result>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const underWay: Promise<Result>[] = [];
  for (const item of items) {
    const result = work(item);
    // Whoever stops listening must not be told of it as an error that nobody handles.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= most) yield await underWay.shift()!;
  }
  while (underWay.length > 0) yield await underWay.shift()!;
}
