/** Which indexes of a folder an update removes beside its own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recordIdentity } from '../../../src/engine/store/index-folder.ts';
import { removeLeftovers } from '../../../src/engine/store/leftovers.ts';
import type { IndexIdentity } from '../../../src/engine/store/records.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { temporaryFolder } from '../temporary.ts';

const OWN: IndexIdentity = { format: 4, chunker: 7, model: 'kenning-s1-0123' };

function indexIn(home: string, name: string, identity: IndexIdentity): Store {
  const dir = join(home, name);
  const store = Store.open(dir, '/folder');
  recordIdentity(dir, identity);
  return store;
}

test.each([
  ['an older format', { ...OWN, format: 3 }, false],
  ['an older chunker', { ...OWN, chunker: 6 }, false],
  ['another state of the same model', { ...OWN, model: 'kenning-s1-4567' }, false],
  ['a newer format', { ...OWN, format: 5 }, true],
  ['a newer chunker, and another state of the model', { ...OWN, chunker: 8, model: 'kenning-s1-4567' }, true],
  ['another model', { ...OWN, model: 'other-4567' }, true],
])('of %s', (_, identity, stays) => {
  const home = temporaryFolder();
  indexIn(home, 'own', OWN).close();
  indexIn(home, 'other', identity).close();
  removeLeftovers(join(home, 'own'), OWN);
  expect(existsSync(join(home, 'own'))).toBe(true);
  expect(existsSync(join(home, 'other'))).toBe(stays);
});

test('one that somebody has open stays until it is closed', () => {
  const home = temporaryFolder();
  indexIn(home, 'own', OWN).close();
  const older = indexIn(home, 'older', { ...OWN, format: 3 });
  removeLeftovers(join(home, 'own'), OWN);
  expect(older.counts().functions).toBe(0);
  expect(existsSync(join(home, 'older', 'index.db'))).toBe(true);
  older.close();
  removeLeftovers(join(home, 'own'), OWN);
  expect(existsSync(join(home, 'older'))).toBe(false);
});
