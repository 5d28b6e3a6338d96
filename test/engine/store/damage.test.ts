/** A damaged index is noticed, said in one sentence, and begun anew; what is beside it stays. */
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { Store } from '../../../src/engine/store/store.ts';
import { temporaryFolder } from '../temporary.ts';
import { fileRecord } from './records.ts';

const PAGE = 4096;
const FILES = Array.from({ length: 60 }, (_, i) =>
  fileRecord(
    `dir/${i}.py`,
    Array.from({ length: 20 }, (_, f) => `function_${i}_${f}`),
  ),
);

/** The same for all, as the folder's key and identity would make it. */
const placeIn = (storageDir: string): string => join(storageDir, 'folder', 'index');

function filledIndex(): string {
  const dir = placeIn(temporaryFolder());
  const store = Store.open(dir, '/folder');
  store.commit({ upserts: FILES, finished: true });
  store.close();
  return dir;
}

const DAMAGES: Readonly<Record<string, (database: string) => void>> = {
  'cut in half': (database) => truncateSync(database, Math.floor(readFileSync(database).length / 2)),
  'emptied to its first page': (database) => truncateSync(database, 4096),
  'overwritten with text': (database) => writeFileSync(database, 'this is no database '.repeat(5000)),
  'of another program': (database) => {
    writeFileSync(database, '');
    const other = new DatabaseSync(database);
    other.exec('CREATE TABLE files (something TEXT); CREATE TABLE functions (else_ TEXT)');
    other.close();
  },
};

test.each(Object.entries(DAMAGES))('a database that is %s is set aside and begun anew', (_, damage) => {
  const dir = filledIndex();
  damage(join(dir, 'index.db'));
  const store = Store.open(dir, '/folder');
  expect(store.counts()).toEqual({ files: 0, functions: 0 });
  expect(store.meta().complete).toBe(false);
  store.commit({ upserts: FILES.slice(0, 2) });
  expect(store.counts()).toEqual({ files: 2, functions: 40 });
  store.close();
  expect(existsSync(`${dir}.broken`)).toBe(true);
});

test('damage to any page is noticed on opening or while reading, and begins the index anew, or changes no answer', () => {
  const soundDir = filledIndex();
  const sound = readFileSync(join(soundDir, 'index.db'));
  const store = Store.open(soundDir, '/folder');
  const answers = readAll(store);
  store.close();
  const found = { opening: 0, reading: 0, never: 0 };
  for (let page = 1; page < sound.length / PAGE; page++) {
    const dir = placeIn(temporaryFolder());
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'index.db'), Buffer.from(sound).fill(0xa5, page * PAGE, page * PAGE + 600));
    found[howNoticed(dir, answers)]++;
  }
  expect(found.opening).toBeGreaterThan(0);
  expect(found.reading).toBeGreaterThan(0);
  expect(found.never).toBeLessThan(found.opening + found.reading);
});

function howNoticed(dir: string, answers: readonly unknown[]): 'opening' | 'reading' | 'never' {
  const store = Store.open(dir, '/folder');
  try {
    if (store.counts().functions === 0) return 'opening';
    const read = readAll(store);
    if (!store.damaged) {
      expect(read).toEqual(answers);
      return 'never';
    }
    expect(Store.open(dir, '/folder').counts().functions).toBe(0);
    return 'reading';
  } catch (error) {
    expect(error).toMatchObject({ code: 'index-unreadable' });
    expect(Store.open(dir, '/folder').counts().functions).toBe(0);
    return 'reading';
  } finally {
    store.close();
  }
}

function readAll(store: Store): unknown[] {
  const rows = [...store.rows.after(0)];
  const names = FILES.flatMap(({ functions }) => functions.map(({ fn }) => fn.name));
  return [rows, store.functions(rows.map(({ id }) => id)), store.files.all(), store.termIds(names)];
}

test.each([
  ['below a file', (dir: string) => join(dir, 'file', 'index')],
  ['where a file is', (dir: string) => join(dir, 'file')],
  ['where the system takes no folders', () => '/proc/kenning/index'],
])('a folder that cannot be made, %s, is one sentence', (_, place) => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'file'), '');
  expect(() => Store.open(place(dir), '/folder')).toThrow(
    expect.objectContaining({
      code: 'index-write-failed',
      message: expect.stringMatching(/cannot be made \(E\w+\)\.$/),
    }),
  );
});
