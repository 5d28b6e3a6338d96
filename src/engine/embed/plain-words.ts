/**
 * WordPiece (Schuster and Nakajima 2012) of words that are nothing but lower-case letters and digits, which no tokenizer of
 * our models changes before it looks them up: the longest piece that the vocabulary has, then the longest of the rest. Every
 * other word is the library's.
 */

export interface TokenizerJson {
  readonly model?: {
    readonly type?: string;
    readonly vocab?: Readonly<Record<string, number>>;
    readonly unk_token?: string;
    readonly continuing_subword_prefix?: string;
    readonly max_input_chars_per_word?: number;
  };
  readonly normalizer?: { readonly type?: string } | null;
  readonly pre_tokenizer?: { readonly type?: string } | null;
  readonly added_tokens?: readonly { readonly content: string }[];
}

const PLAIN = /^[a-z0-9]+$/;
/** These leave a plain word as it is. */
const NORMALISERS: readonly (string | undefined)[] = [undefined, 'BertNormalizer'];
const PRE_TOKENIZERS: readonly (string | undefined)[] = ['WhitespaceSplit', 'BertPreTokenizer'];

/** What WordPiece needs of a tokenizer. */
export interface Vocabulary {
  readonly idOf: (token: string) => number | undefined;
  /** All tokens. */
  readonly all: () => readonly string[];
  /** Id of what is none. */
  readonly unknown: number;
  /** Of tokens that begin within a word. */
  readonly prefix: string;
  /** Letters of the longest word. */
  readonly most: number;
}

/** Null for a tokenizer of another kind. */
export function vocabularyOf(json: TokenizerJson): Vocabulary | null {
  const { model, normalizer, pre_tokenizer: pre, added_tokens: added = [] } = json;
  const {
    vocab,
    unk_token: unknown = '',
    continuing_subword_prefix: prefix,
    max_input_chars_per_word: most,
  } = model ?? {};
  const isKnownKind =
    model?.type === 'WordPiece' && NORMALISERS.includes(normalizer?.type) && PRE_TOKENIZERS.includes(pre?.type);
  if (!isKnownKind || !vocab || !Object.hasOwn(vocab, unknown) || prefix === undefined || most === undefined)
    return null;
  // One that is found within a word would be taken out of it.
  if (added.some(({ content }) => PLAIN.test(content))) return null;
  const idOf = (token: string): number | undefined => (Object.hasOwn(vocab, token) ? vocab[token] : undefined);
  return { idOf, all: () => Object.keys(vocab), unknown: vocab[unknown]!, prefix, most };
}

/** The word's ids, or undefined for one that is not plain. */
export function plainWordIds(vocabulary: Vocabulary, word: string): readonly number[] | undefined {
  if (!PLAIN.test(word)) return undefined;
  const ids = word.length > vocabulary.most ? null : pieces(word, vocabulary);
  return ids ?? [vocabulary.unknown];
}

/** Null where the vocabulary does not make up the word. */
function pieces(word: string, { idOf, prefix }: Vocabulary): readonly number[] | null {
  const ids: number[] = [];
  for (let start = 0; start < word.length; ) {
    let end = word.length;
    const pieceTo = (to: number): string => (start > 0 ? prefix : '') + word.slice(start, to);
    let id = idOf(pieceTo(end));
    while (id === undefined && --end > start) id = idOf(pieceTo(end));
    if (id === undefined) return null;
    ids.push(id);
    start = end;
  }
  return ids;
}
