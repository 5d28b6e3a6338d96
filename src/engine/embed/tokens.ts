/**
 * Text → token ids: the product's word splitting, then the model's tokenizer word by word. Words repeat endlessly in
 * code, so a cache in front of the tokenizer saves nearly all of its work and changes no id.
 */
import { Tokenizer } from '@huggingface/tokenizers';
import { type KnownWords, knownWords } from '../../core/query/known-words.ts';
import { onceForEachRun, runsOf } from '../../core/text/runs.ts';
import { splitWords } from '../../core/text/split-words.ts';
import { plainWordIds, type TokenizerJson, type Vocabulary, vocabularyOf } from './plain-words.ts';

/** Some 13 MB for each model that reads 50,000 functions or more; three times as many spare them no time. */
const CACHE_WORDS = 30_000;
const CACHE_RUNS = 30_000;

export type TokenReader = (text: string, maxTokens: number) => number[];

export interface TokenizerParts {
  readonly read: TokenReader;
  /** The vocabulary: words that are in it are one token. */
  readonly words: KnownWords;
}

export function createTokenReader(tokenizerJson: string): TokenReader {
  return readTokenizer(() => tokenizerJson).read;
}

/** `tokenizerJson`: asked for when it is needed. `packed`: its vocabulary, where that is at hand. */
export function readTokenizer(tokenizerJson: () => string, packed: Vocabulary | null = null): TokenizerParts {
  let parsed: TokenizerJson | undefined;
  const json = (): TokenizerJson => {
    parsed ??= JSON.parse(tokenizerJson()) as TokenizerJson;
    return parsed;
  };
  const vocabulary = packed ?? vocabularyOf(json());
  const words = vocabulary
    ? knownWords(vocabulary.all, (word) => vocabulary.idOf(word) !== undefined)
    : knownWords(() => Object.keys(json().model?.vocab ?? {}));
  // Nearly every word of code is plain, and to set this up takes longer than to read the file.
  let tokenizer: Tokenizer | undefined;
  const wholeIds = (word: string): readonly number[] => {
    tokenizer ??= new Tokenizer(json(), {});
    return tokenizer.encode(word, { add_special_tokens: false }).ids;
  };
  const cache = new Map<string, readonly number[]>();
  const idsOf = (word: string): readonly number[] => {
    const known = cache.get(word);
    if (known) return known;
    if (cache.size >= CACHE_WORDS) cache.clear();
    const ids = (vocabulary && plainWordIds(vocabulary, word)) ?? wholeIds(word);
    cache.set(word, ids);
    return ids;
  };
  const idsOfRun = onceForEachRun(CACHE_RUNS, (run) => splitWords(run).flatMap(idsOf));
  const read: TokenReader = (text, maxTokens) => {
    const tokens: number[] = [];
    for (const run of runsOf(text)) {
      for (const id of idsOfRun(run)) tokens.push(id);
      if (tokens.length >= maxTokens) return tokens.slice(0, maxTokens);
    }
    return tokens;
  };
  return { read, words };
}
