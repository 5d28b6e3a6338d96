/** The same numbers in every run, so that what fails once fails again. */

/** Whole numbers from 0 to below `limit`. */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** One bit of `bytes` turned over. */
export function flipBit(bytes: Buffer, random: (limit: number) => number): Buffer {
  const flipped = Buffer.from(bytes);
  const at = random(bytes.length);
  flipped[at] = flipped[at]! ^ (1 << random(8));
  return flipped;
}
