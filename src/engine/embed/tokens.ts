/**
 * Text → token ids: the product's word splitting, then the model's tokenizer word by word. Words repeat endlessly in
 * code, so a cache in front of the tokenizer saves nearly all of its work and changes no id.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { splitWords } from '../../core/text/split-words.ts';

/** Bounds the cache's memory; reached only by repositories with very large vocabularies. */
const CACHE_WORDS = 200_000;

export type TokenReader = (text: string, maxTokens: number) => number[];

export function createTokenReader(tokenizerJson: string): TokenReader {
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson) as object, {});
  const cache = new Map<string, readonly number[]>();
  const idsOf = (word: string): readonly number[] => {
    const known = cache.get(word);
    if (known) return known;
    if (cache.size >= CACHE_WORDS) cache.clear();
    const { ids } = tokenizer.encode(word, { add_special_tokens: false });
    cache.set(word, ids);
    return ids;
  };
  return (text, maxTokens) => {
    const tokens: number[] = [];
    for (const word of splitWords(text)) {
      for (const id of idsOf(word)) tokens.push(id);
      if (tokens.length >= maxTokens) return tokens.slice(0, maxTokens);
    }
    return tokens;
  };
}

/** What a WordPiece vocabulary holds as whole words. */
export function wholeWords(tokenizerJson: string): ReadonlySet<string> {
  const { model } = JSON.parse(tokenizerJson) as {
    model?: { type?: string; vocab?: Readonly<Record<string, number>> };
  };
  if (model?.type !== 'WordPiece' || !model.vocab) return new Set();
  return new Set(Object.keys(model.vocab).filter((token) => /^\p{L}+$/u.test(token)));
}
