/** The vocabulary that the build packs gives what the tokenizer's own file gives. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { packVocabulary, readVocabulary } from '../../../src/engine/embed/packed-vocabulary.ts';
import type { TokenizerJson } from '../../../src/engine/embed/plain-words.ts';
import { readTokenizer } from '../../../src/engine/embed/tokens.ts';
import { modelDir } from '../../../src/engine/install-dir.ts';
import { sourceDigest } from '../../../src/engine/packed-file.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder } from '../temporary.ts';

const BYTES = readFileSync(join(modelDir(INSTALL_DIR), 'tokenizer.json'));
const JSON_TEXT = BYTES.toString('utf8');
const cardOf = (bytes: Uint8Array) => ({
  card: { id: 'it', maxTokens: 384, files: { 'tokenizer.json': sourceDigest(bytes) } },
});

function written(): string {
  const file = join(temporaryFolder(), 'it.packed');
  writeFileSync(file, packVocabulary(BYTES)!);
  return file;
}

test('with it, any text has the tokens and the words that it has without', async () => {
  const packed = await readVocabulary(written(), cardOf(BYTES));
  const [ready, made] = [readTokenizer(() => JSON_TEXT, packed), readTokenizer(() => JSON_TEXT)];
  const known = Object.keys((JSON.parse(JSON_TEXT) as TokenizerJson).model!.vocab!);
  const texts = [
    ...known,
    'parseHTTPHeader größe 日本語 unparseableword constructor __proto__ toString',
    'ab'.repeat(40),
  ];
  expect(texts.filter((text) => !isDeepStrictEqual(ready.read(text, 99), made.read(text, 99)))).toEqual([]);
  const words = [...known, 'qqqqq', '', 'constructor', '__proto__'];
  expect(words.filter((word) => ready.words.has(word) !== made.words.has(word))).toEqual([]);
  for (const word of ['tokenizr', 'a', 'zzz'])
    expect(ready.words.near(word, 1).toSorted()).toEqual(made.words.near(word, 1).toSorted());
});

test('plain words need nothing but it', async () => {
  const packed = await readVocabulary(written(), cardOf(BYTES));
  const asked: string[] = [];
  const { read } = readTokenizer(() => {
    asked.push('tokenizer.json');
    return JSON_TEXT;
  }, packed);
  read('parse the header of a request 8080', 99);
  expect(asked).toEqual([]);
  read('größe', 99);
  expect(asked).toEqual(['tokenizer.json']);
});

test('another model has none of it', async () => {
  expect(await readVocabulary(written(), cardOf(Buffer.from('{}')))).toBeNull();
});

test('a tokenizer of another kind is not packed', () => {
  expect(packVocabulary(Buffer.from('{"model": {"type": "BPE", "vocab": {"a": 0}}}'))).toBeNull();
});
