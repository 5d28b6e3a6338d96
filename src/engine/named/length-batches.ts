/** Which texts run through a model together: those of like length, so that little of a batch is padding. */

/**
 * `lengths`: tokens of each text. Yields places in it, shortest first; a batch padded to its longest text holds at most
 * `cells` tokens, or one text.
 */
export function* lengthBatches(lengths: readonly number[], cells: number): Generator<readonly number[], void> {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a]! - lengths[b]!);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && (end - start + 1) * lengths[order[end]!]! <= cells) end++;
    yield order.slice(start, end);
    start = end;
  }
}
