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

/** Word → its ids, or undefined for one that is not plain; null for a tokenizer of another kind. */
export function plainWordIds(json: TokenizerJson): ((word: string) => readonly number[] | undefined) | null {
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
  return (word) => {
    if (!PLAIN.test(word)) return undefined;
    const ids = word.length > most ? null : pieces(word, vocab, prefix);
    return ids ?? [vocab[unknown]!];
  };
}

/** Null where the vocabulary does not make up the word. */
function pieces(word: string, vocab: Readonly<Record<string, number>>, prefix: string): readonly number[] | null {
  const ids: number[] = [];
  for (let start = 0; start < word.length; ) {
    let end = word.length;
    const pieceTo = (to: number): string => (start > 0 ? prefix : '') + word.slice(start, to);
    while (end > start && !Object.hasOwn(vocab, pieceTo(end))) end--;
    if (end === start) return null;
    ids.push(vocab[pieceTo(end)]!);
    start = end;
  }
  return ids;
}
