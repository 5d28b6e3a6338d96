/** Operators of a question that make no sense: a language or a kind that there is none of. The syntax is `parse-query.ts`'s. */
import { LANGUAGE_NAMES } from '../languages/names.ts';
import { KIND_NAMES, LANGUAGE_ALIASES, operandOf } from './parse-query.ts';

export interface WrongOperator {
  readonly operator: 'lang' | 'kind';
  /** What it names, as it stands there. */
  readonly name: string;
  /** All of it: `-lang:foo`. */
  readonly word: string;
  /** The question without it. */
  readonly without: string;
}

/** An operator, alone: sign, name and value. */
export const OPERATOR = /^(-?)(lang|path|kind):(.*)$/i;
/** A word as the syntax has it: white space within quotes ends neither a phrase nor an operator's value. */
export const WORD = /(?<=^|\s)-?(?:(?:lang|path|kind):)?"[^"]+"|\S+/gi;

export const isLanguage = (name: string): boolean => LANGUAGE_NAMES.includes(name) || LANGUAGE_ALIASES.includes(name);

export function wrongOperators(question: string): readonly WrongOperator[] {
  return [...question.matchAll(WORD)].flatMap(({ 0: word, index }): WrongOperator[] => {
    const [, , operator, typed = ''] = OPERATOR.exec(word) ?? [];
    const [kind, given] = [operator?.toLowerCase(), operandOf(typed)];
    if (!given || (kind !== 'lang' && kind !== 'kind')) return [];
    const isRight = kind === 'lang' ? isLanguage(given) : KIND_NAMES.includes(given);
    const without = `${question.slice(0, index)}${question.slice(index + word.length)}`.replace(/\s+/g, ' ').trim();
    return isRight ? [] : [{ operator: kind, name: typed, word, without }];
  });
}
