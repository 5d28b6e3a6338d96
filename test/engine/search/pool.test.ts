/** Where the pool ends among equal candidates, none of them is in it: which would be, is a matter of what was indexed first. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LEXICAL_WEIGHTS } from '../../../src/core/ranking/parameters.ts';
import { LiveIndex } from '../../../src/engine/search/live-index.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { DIMENSIONS, fileRecord } from '../store/records.ts';
import { temporaryFolder } from '../temporary.ts';

/** Made-up records of one name have one vector. */
async function proposed(files: Readonly<Record<string, readonly string[]>>, depth: number): Promise<string[]> {
  const store = Store.open(join(temporaryFolder(), 'index'), '/folder');
  onTestFinished(() => store.close());
  for (const [path, names] of Object.entries(files)) store.commit({ upserts: [fileRecord(path, names)] });
  const snapshot = await new LiveIndex(store, DIMENSIONS, null).snapshot();
  const vector = Float32Array.from({ length: DIMENSIONS }, () => 0.5);
  const found = snapshot.propose({ vector, terms: [], weights: LEXICAL_WEIGHTS, keep: null }, depth);
  return found.map(({ path }) => path).sort();
}

test.each([
  ['a cut between different ones', 3, ['a.py', 'b.py', 'c.py']],
  ['a cut among equal ones', 4, ['a.py', 'b.py', 'c.py']],
  ['all of the equal ones', 5, ['a.py', 'b.py', 'c.py', 'd.py', 'e.py']],
])('%s', async (_, depth, expected) => {
  const files = { 'a.py': ['zzzz'], 'b.py': ['yyyy'], 'c.py': ['xxxx'], 'd.py': ['bbbb'], 'e.py': ['bbbb'] };
  expect(await proposed(files, depth)).toEqual(expected);
  const reversed = Object.fromEntries(Object.entries(files).reverse());
  expect(await proposed(reversed, depth)).toEqual(expected);
});

test('where nearly all are equal, there are some all the same', async () => {
  expect(await proposed({ 'a.py': ['zzzz'], 'b.py': Array.from({ length: 9 }, () => 'bbbb') }, 5)).toHaveLength(5);
});
