/** Words that are looked up without the library get its ids, and those that it would change are left to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, test } from 'vitest';
import { plainWordIds, type TokenizerJson, vocabularyOf } from '../../../src/engine/embed/plain-words.ts';
import { findInstallDir, modelDir, REFINER_MODEL } from '../../../src/engine/install-dir.ts';

const INSTALL_DIR = findInstallDir(import.meta.dirname);
const tokenizerOf = (dir: string): TokenizerJson =>
  JSON.parse(readFileSync(join(dir, 'tokenizer.json'), 'utf8')) as TokenizerJson;
const OURS = ['kenning-s1', REFINER_MODEL].map((id) => [id, tokenizerOf(modelDir(INSTALL_DIR, id))] as const);

/** A letter after the other by chance, and words of every length. */
function madeWords(): string[] {
  let state = 7;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) & 0x7f_ff_ff_ff;
    return (state >> 8) % below;
  };
  const letters = 'etaoinshrdlu0123456789xqz';
  return Array.from({ length: 2000 }, (_, i) =>
    Array.from({ length: 1 + (i % 20) }, () => letters[next(letters.length)]!).join(''),
  );
}

const WORDS = [
  'parse',
  'parser',
  'unparseable',
  'constructor',
  'toString'.toLowerCase(),
  'x',
  '8',
  'utf',
  'e2e',
  'qqqq',
];
const LONG = [64, 65, 100, 101, 300].map((length) => 'ab'.repeat(length).slice(0, length));

describe.each(OURS)('%s', (_, json) => {
  test('plain words have the ids that the library gives', () => {
    const vocabulary = vocabularyOf(json)!;
    const tokenizer = new Tokenizer(json, {});
    const known = Object.keys(json.model!.vocab!).filter((_, place) => place % 50 === 0);
    const words = [...WORDS, ...LONG, ...madeWords(), ...known].filter((word) => /^[a-z0-9]+$/.test(word));
    expect(words.length).toBeGreaterThan(2000);
    for (const word of words)
      expect([word, plainWordIds(vocabulary, word)]).toEqual([
        word,
        tokenizer.encode(word, { add_special_tokens: false }).ids,
      ]);
  });

  test.each(['größe', '日本語', 'Parse', 'a-b', 'a b', ''])('%s is left to the library', (word) => {
    expect(plainWordIds(vocabularyOf(json)!, word)).toBeUndefined();
  });
});

const S1 = OURS[0]![1];

test.each<[string, TokenizerJson]>([
  ['of another kind', { ...S1, model: { ...S1.model, type: 'BPE' } }],
  ['that changes words in other ways', { ...S1, normalizer: { type: 'Replace' } }],
  ['that splits words in other ways', { ...S1, pre_tokenizer: { type: 'ByteLevel' } }],
  ['with a plain word of its own', { ...S1, added_tokens: [{ content: 'pad' }] }],
  ['without a vocabulary', {}],
])('a tokenizer %s is left to the library', (_, json) => {
  expect(vocabularyOf(json)).toBeNull();
});
