/**
 * What kind of question this is: the name of a symbol, how something works, or a description of code. Told by its form in
 * English alone; a question in another language is a description.
 */
import { identifierChain } from './identifiers.ts';

export type QuestionClass = 'symbol' | 'how' | 'description';

/** They announce a name, whatever it looks like. */
const NAME_FOLLOWS = /^(?:def|enum|fn|fun|func|function|method|struct|sub|trait)$/i;
/** They may also begin a description: `class hierarchy`. */
const KIND = /^(?:class|constant|constructor|field|interface|module|namespace|object|package|property|type|variable)$/i;

const HOW: readonly RegExp[] = [
  /\bhow (?:does|do|is|are|did|was|were|will|would)\b(?! (?:i|we|you|one)\b)/,
  // "how requests are dispatched", "how the router works"
  /\bhow (?:[^\s?]+ ){1,6}(?:is|are|gets?|works?|happens?)\b/,
  /\bhow (?:it|this|that|everything) (?:\w+ )?works?\b/,
  // "where is the session stored"; where something is defined asks for the thing itself
  /\bwhere (?:is|are|do|does|gets?) (?:[^\s?]+ ){1,8}(?!defined|declared|implemented|located)(?:\w{2,}ed|built|come|done|found|get|happen|kept|made|read|run|sent|set|thrown|written)\b/,
  /\bwhat (?:happens|occurs|is done|gets called)\b/,
  /\bflow of\b|\b(?:control|data|request) flow\b|\blife[- ]?cycles?\b|\barchitecture\b|\bunder the hood\b|\binternals of\b/,
];

/** `text`: a question without operators. */
export function questionClass(text: string): QuestionClass {
  const words = text.trim().split(/\s+/);
  if (isSymbol(words)) return 'symbol';
  const plain = words.join(' ').toLowerCase();
  return HOW.some((form) => form.test(plain)) ? 'how' : 'description';
}

function isSymbol([first = '', second, ...rest]: readonly string[]): boolean {
  if (second === undefined) return identifierChain(first) !== null;
  if (rest.length > 0) return false;
  if (NAME_FOLLOWS.test(first)) return identifierChain(second) !== null;
  if (KIND.test(first)) return looksLikeName(second);
  return (KIND.test(second) || NAME_FOLLOWS.test(second)) && looksLikeName(first) && !/^\p{Lu}\p{Ll}*$/u.test(first);
}

/** Compound, or with a capital. */
function looksLikeName(word: string): boolean {
  const chain = identifierChain(word);
  return chain !== null && (chain.length > 1 || /\p{Lu}|[_$]/u.test(word));
}
