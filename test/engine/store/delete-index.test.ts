/** Deleting an index leaves nothing behind, and touches nothing that is in use elsewhere. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../../src/engine/open.ts';
import { deleteIndexes } from '../../../src/engine/store/delete-index.ts';
import { createIndexFolder } from '../../../src/engine/store/index-folder.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { acquireWriterLock } from '../../../src/engine/store/writer-lock.ts';
import { INSTALL_DIR } from '../install.ts';
import { CART_GO } from '../sample-sources.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

/** Two indexes of a folder, one of them in use, and one that was set aside. */
function indexes(): { all: string; used: string; other: string; store: Store } {
  const all = join(temporaryFolder(), 'folder-1');
  const [used, other] = [join(all, 'a'), join(all, 'b')];
  const store = Store.open(used, '/folder');
  Store.open(other, '/folder').close();
  mkdirSync(join(all, 'c.broken'));
  writeFileSync(join(all, 'c.broken', 'index.db'), 'not a database');
  return { all, used, other, store };
}

test('all indexes of the folder go', () => {
  const { all, used, store } = indexes();
  store.close();
  deleteIndexes(used);
  expect(readdirSync(dirname(all))).toEqual([]);
  deleteIndexes(used);
});

test('an index that somebody has open stays, with all others', () => {
  const { all, other, store } = indexes();
  onTestFinished(() => store.close());
  expect(() => deleteIndexes(other)).toThrow(expect.objectContaining({ code: 'index-locked' }));
  expect(readdirSync(all).sort()).toEqual(['a', 'b', 'c.broken', 'folder.txt']);
  expect(store.counts().functions).toBe(0);
});

test('an index that somebody writes stays', () => {
  const { all, used, other, store } = indexes();
  store.close();
  const lock = acquireWriterLock(other);
  onTestFinished(() => lock.release());
  expect(() => deleteIndexes(used)).toThrow(expect.objectContaining({ code: 'index-locked' }));
  expect(existsSync(all)).toBe(true);
});

test('an engine deletes its index, also amid an update, and the next one starts empty', async () => {
  const [folder, storageDir] = [temporaryFolder(), temporaryFolder()];
  writeFiles(folder, { 'cart.go': CART_GO });
  const options = { folder, storageDir, installDir: INSTALL_DIR };
  const engine = await openEngine(options);
  await engine.update();
  expect(engine.status().functions).toBeGreaterThan(0);
  const running = engine.update({ rebuild: true });
  await engine.deleteIndex();
  await running;
  expect(readdirSync(storageDir)).toEqual([]);
  const next = await openEngine(options);
  onTestFinished(() => next.close());
  expect(next.status()).toMatchObject({ functions: 0, complete: false });
});

test('an index that was never made is deleted already', () => {
  const dir = join(temporaryFolder(), 'folder', 'index');
  deleteIndexes(dir);
  createIndexFolder(dir, '/folder');
  deleteIndexes(dir);
  expect(existsSync(dirname(dir))).toBe(false);
});
