/** What an update keeps for the refiner comes back as it was, as long as there is room. */
import { expect, test } from 'vitest';
import { KeptEntries } from '../../../src/engine/update/kept-entries.ts';
import { dequantise } from '../../../src/engine/vectors/quantise.ts';

/** A text's ids, of more than two bytes. */
const idsOf = (text: string): number[] => Array.from(text, (letter) => 100_000 + letter.charCodeAt(0));
const fn = (text: string, ...vector: number[]) => ({
  contentHash: `hash of ${text}`,
  text,
  vector: Int8Array.from(vector),
});

test('ids and vectors come back, of any length', async () => {
  const kept = new KeptEntries(idsOf);
  const functions = [fn('parse', 1, -2, 127), fn('', 0, 0, 0), fn('date', -127, 5, 6)];
  await kept.keep(functions.slice(0, 2));
  await kept.keep(functions.slice(2));
  for (const { contentHash, text, vector } of functions)
    expect(kept.get(contentHash)).toEqual({ ids: idsOf(text), base: dequantise(vector) });
  expect(kept.get('another')).toBeUndefined();
});

test('the first ones are kept, until all are cleared', async () => {
  const kept = new KeptEntries(idsOf, 2);
  const [a, b, c] = [fn('a', 1), fn('b', 2), fn('c', 3)];
  await kept.keep([a, a, b, c]);
  const held = (): boolean[] => [a, b, c].map(({ contentHash }) => kept.get(contentHash) !== undefined);
  expect(held()).toEqual([true, true, false]);
  kept.clear();
  expect(held()).toEqual([false, false, false]);
  await kept.keep([c]);
  expect(held()).toEqual([false, false, true]);
});
