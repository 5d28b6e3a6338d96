/** Files close to the user's hand, in the whole engine: they decide between like hits, and nothing else. */
import { expect, test } from 'vitest';
import { RANKING } from '../../../src/core/ranking/parameters.ts';
import type { Hit, SearchRequest } from '../../../src/engine/api/search.ts';
import { searchedFolder } from './searched-folder.ts';

/** The first two have the same words, yet are no copies of each other: one is longer. */
const FILES = {
  'east/cart.py': 'def total_of(lines):\n    return add_up(lines)\n',
  'west/cart.py': 'def total_of(lines):\n    return add_up(\n        lines)\n',
  'mail/send.py': 'def send_mail(address):\n    return connect(address).send()\n',
};
const QUESTION = 'total of a cart';

const engine = searchedFolder(FILES);

async function hits(near?: SearchRequest['near']): Promise<readonly Hit[]> {
  return (await engine().search({ query: QUESTION, limit: 5, ...(near && { near }) })).results;
}
const paths = (found: readonly Hit[]): string[] => found.map(({ path }) => path);

test('of two like hits the open one comes first, and says why', async () => {
  for (const path of ['east/cart.py', 'west/cart.py']) {
    const found = await hits({ open: [path], recent: [] });
    expect(found[0]).toMatchObject({ path, why: { boosts: { near: RANKING.nearBoost } } });
    expect(found.slice(1).every(({ why }) => !('near' in why.boosts))).toBe(true);
  }
});

test('what was used last counts more than what was used earlier, and scores grow by that alone', async () => {
  const plain = new Map((await hits()).map(({ path, score }) => [path, score]));
  const recent = ['mail/send.py', 'east/cart.py', 'west/cart.py'];
  const found = await hits({ open: [], recent });
  const nearOf = (path: string): number => found.find((hit) => hit.path === path)!.why.boosts.near!;
  expect(found.map(({ path }) => path).sort()).toEqual([...plain.keys()].sort());
  for (const { path, score } of found) expect(score).toBeCloseTo(plain.get(path)! + nearOf(path), 2);
  const added = recent.map(nearOf);
  expect(new Set(added).size).toBe(3);
  expect(added).toEqual(added.toSorted((a, b) => b - a));
});

test('an open file is no better an answer for it', async () => {
  expect(paths(await hits({ open: ['mail/send.py'], recent: [] })).at(-1)).toBe('mail/send.py');
});

test('without the signal, or with files that are not in the index, the answer is the same', async () => {
  const plain = await hits();
  expect(plain.some(({ why }) => 'near' in why.boosts)).toBe(false);
  expect(await hits({ open: [], recent: [] })).toEqual(plain);
  expect(await hits({ open: ['far/gone.py'], recent: ['/east/cart.py', '../east/cart.py'] })).toEqual(plain);
});
