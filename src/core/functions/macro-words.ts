/**
 * Macro words that a grammar stumbles over, read as white space. A grammar sees the source before the preprocessor does,
 * so `API_EXPORT template …` would cost it the class that follows. Lengths stay, so every offset does too.
 */

/** A word may stand before another such word. */
const PASSES = 3;

/** Each match of a pattern is blanked; only what the grammar is given changes, never what is shown. */
export function withoutMacroWords(text: string, patterns: readonly RegExp[]): string {
  let plain = text;
  for (let pass = 0; pass < PASSES; pass++) {
    const before = plain;
    for (const pattern of patterns) plain = plain.replace(pattern, blank);
    if (plain === before) break;
  }
  return plain;
}

function blank(word: string): string {
  return word.replace(/[^\n]/g, ' ');
}
