/** The place of a value in the ascending numbers `sorted[start, end)`, by halving; -1 when it is not there. */
export function placeOf(sorted: Uint32Array, value: number, start = 0, end = sorted.length): number {
  let low = start;
  let high = end - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] === value) return middle;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
