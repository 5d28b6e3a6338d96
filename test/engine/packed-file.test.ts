/** What the build has packed is used as it was written or not at all. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { encodePacked, readPacked } from '../../src/engine/packed-file.ts';
import { createRandom, flipBit } from './repair/random.ts';
import { temporaryFolder } from './temporary.ts';

const CONTENT = {
  facts: { most: 64, prefix: '##' },
  arrays: [Uint16Array.of(1, 2, 65_535), Uint32Array.of(), Uint32Array.of(7, 4_294_967_295), Uint16Array.of(9)],
};

let file: string;
beforeEach(() => {
  file = join(temporaryFolder(), 'words.packed');
  writeFileSync(file, encodePacked('the source', CONTENT));
});

test('it is what it was', async () => {
  expect(await readPacked(file, 'the source')).toEqual(CONTENT);
});

test('made of something else', async () => {
  expect(await readPacked(file, 'another source')).toBeNull();
});

test('with any bit turned over', async () => {
  const [bytes, random] = [readFileSync(file), createRandom(11)];
  for (let i = 0; i < 200; i++) {
    writeFileSync(file, flipBit(bytes, random));
    expect(await readPacked(file, 'the source')).toBeNull();
  }
});

test.each<[string, () => void]>([
  ['gone', () => rmSync(file)],
  ['empty', () => writeFileSync(file, '')],
  ['cut', () => writeFileSync(file, readFileSync(file).subarray(0, -1))],
  ['foreign', () => writeFileSync(file, '{"facts": {}, "arrays": []}')],
])('%s', async (_, damage) => {
  damage();
  expect(await readPacked(file, 'the source')).toBeNull();
});
