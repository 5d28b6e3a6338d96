/**
 * A phrase in quotes as a test on text, and as the terms that every text which holds it has: what an index without code
 * can be asked first. Letter case does not count, any white space is as good as any other, and the phrase begins and ends
 * between words, where camelCase has several.
 */
import { stem, termsOf } from '../lexical/terms.ts';
import { splitWords } from '../text/split-words.ts';

/** Terms, one alternative at least of each of which a row that holds the phrase has completely. */
export type TermGroups = readonly (readonly (readonly string[])[])[];

const IDENTIFIER = /[\p{L}_$][\p{L}\p{M}\p{Nd}_$]*|\p{Nd}+/gu;
/** Longer "words" are not in the index. */
const TERM_CHARS = 40;

export function phraseTest(phrase: string): (text: string) => boolean {
  const normal = phrase.normalize('NFC').trim();
  const source = normal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+');
  const expression = new RegExp(source, 'giu');
  return (text) => {
    const whole = text.normalize('NFC');
    expression.lastIndex = 0;
    for (let match = expression.exec(whole); match; match = expression.exec(whole)) {
      if (isWordEdge(whole, match.index) && isWordEdge(whole, expression.lastIndex)) return true;
      // The next one may begin within this one, as `0, 0` in `10, 0, 0`.
      expression.lastIndex = match.index + String.fromCodePoint(whole.codePointAt(match.index)!).length;
    }
    return false;
  };
}

/** Empty when the index knows nothing of the phrase's parts: punctuation, or letters without case, which it keeps in runs. */
export function phraseTerms(phrase: string): TermGroups {
  const identifiers = phrase.normalize('NFC').match(IDENTIFIER) ?? [];
  return identifiers.filter((each) => !/\p{Lo}/u.test(each)).flatMap(alternatives);
}

/** As the phrase splits it, or, where the text writes it in other case, as a whole. */
function alternatives(identifier: string): string[][][] {
  if (identifier.length > TERM_CHARS) return [];
  const terms = termsOf(identifier).filter((term) => !term.startsWith('='));
  if (terms.length === 0) return [];
  const lower = identifier.toLowerCase().replace(/[_$]/g, '');
  return [[terms, [`=${lower}`], [stem(lower)]]];
}

/** Whether no word reaches across this place of the text. */
function isWordEdge(text: string, at: number): boolean {
  const before = /[\p{L}\p{M}\p{Nd}]+$/u.exec(text.slice(Math.max(0, at - TERM_CHARS), at))?.[0] ?? '';
  const after = /^[\p{L}\p{M}\p{Nd}]+/u.exec(text.slice(at, at + TERM_CHARS))?.[0] ?? '';
  if (before === '' || after === '') return true;
  if (/\p{Lo}$/u.test(before) || /^\p{Lo}/u.test(after)) return true;
  let length = 0;
  for (const word of splitWords(before + after)) {
    if (length === before.length) return true;
    length += word.length;
  }
  return false;
}
