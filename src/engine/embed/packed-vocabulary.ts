/**
 * A tokenizer's vocabulary as the build packs it into `dist/`: with it, plain words are looked up without a look into
 * `tokenizer.json`, whose reading takes longer than all else of the student. Other words still need the file itself.
 */
import { packWords } from '../../core/text/word-table.ts';
import { arraysOfWords, encodePacked, readPacked, sourceDigest, wordsAmong } from '../packed-file.ts';
import type { Model } from './model-card.ts';
import { type TokenizerJson, type Vocabulary, vocabularyOf } from './plain-words.ts';

type Rules = Pick<Vocabulary, 'unknown' | 'prefix' | 'most'>;

/** Null for a tokenizer of another kind. */
export function packVocabulary(tokenizerJson: Uint8Array): Uint8Array | null {
  const json = JSON.parse(new TextDecoder().decode(tokenizerJson)) as TokenizerJson;
  const vocabulary = vocabularyOf(json);
  if (!vocabulary) return null;
  const { unknown, prefix, most, all } = vocabulary;
  const words: string[] = [];
  for (const word of all()) words[vocabulary.idOf(word)!] = word;
  return encodePacked<Rules>(sourceDigest(tokenizerJson), {
    facts: { unknown, prefix, most },
    arrays: arraysOfWords(packWords(Array.from(words, (word) => word ?? ''))),
  });
}

/** Null where the file is missing, damaged or made of another tokenizer than the model's own. */
export async function readVocabulary(file: string, { card }: Pick<Model, 'card'>): Promise<Vocabulary | null> {
  const packed = await readPacked<Rules>(file, card.files['tokenizer.json'] ?? '');
  if (!packed) return null;
  const table = wordsAmong(packed.arrays);
  const idOf = (token: string): number | undefined => {
    const place = table.placeOf(token);
    return place < 0 ? undefined : place;
  };
  return { ...packed.facts, idOf, all: () => table.all() };
}
