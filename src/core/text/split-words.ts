/**
 * Text and identifiers to lower-case words: `parseHTTPHeader_v2` → parse http header v 2.
 * The student was trained on exactly this splitting; `training/kenning_training/words.py` is its twin,
 * and the model's `golden.json` holds the two together. Punctuation carries no word.
 */

/**
 * In order: an acronym's plural (URLs), an acronym before a capitalised word (HTTP|Header), a capitalised or lower-case
 * word, an acronym, letters without case (CJK, Arabic …), digits.
 */
const WORD =
  /\p{Lu}{2,}s(?![\p{Ll}\p{M}])|\p{Lu}+(?=\p{Lu}[\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+|[\p{Lo}\p{Lt}\p{Lm}]+|\p{Nd}+/gu;

/** Words in order of appearance, lower case; linear time. */
export function splitWords(text: string): string[] {
  const words = text.match(WORD) ?? [];
  for (let i = 0; i < words.length; i++) words[i] = words[i]!.toLowerCase();
  return words;
}
