/** Text → lexical terms: stems of its words, and identifiers of several words also as a whole. The same for code and questions. */
import { stemmer } from 'stemmer';
import { isPlainText } from '../text/plain-text.ts';
import { onceForEachRun, runsOf } from '../text/runs.ts';
import { splitWords } from '../text/split-words.ts';

/** Longer "words" are hashes and data. */
const TERM_CHARS = 40;
const CACHE_WORDS = 100_000;
const CACHE_RUNS = 100_000;
/** Identifiers that the word splitting takes apart: inner capitals, underscores or digits. */
const IDENTIFIER = /[\p{L}_$][\p{L}\p{Nd}_$]*/gu;
const COMPOUND = /[\p{L}\p{Nd}]_+[\p{L}\p{Nd}]|\p{Ll}\p{Lu}|\p{L}\p{Nd}|\p{Nd}\p{L}|\p{Lu}{2}\p{Ll}/u;

/** Words that say how a question is asked, not what it is about. */
const QUESTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and any are as at be by can code does do each find for from function functions get gets given has have how i if in ' +
    'implementation implemented in into is it its logic method methods my of on or our set show some such that the their then there ' +
    'these this to use used uses using via was we what when where whether which who why will with you your'
  ).split(' '),
);

const stems = new Map<string, string>();

/** Porter's stem of a lower-case word; words with letters beyond ASCII or digits stay as they are. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= CACHE_WORDS) stems.clear();
  const found = word.length > 3 && /^[a-z]+$/.test(word) ? stemmer(word) : word;
  stems.set(word, found);
  return found;
}

interface RunTerms {
  readonly stems: readonly string[];
  readonly identifiers: readonly string[];
}

const termsOfRun = onceForEachRun(CACHE_RUNS, (run): RunTerms => {
  const words = splitWords(run).filter((word) => word.length <= TERM_CHARS);
  const found = (run.match(IDENTIFIER) ?? []).filter((each) => each.length <= TERM_CHARS && COMPOUND.test(each));
  return { stems: words.map(stem), identifiers: found.map(wholeTerm) };
});

/** All terms of a text, repeats included. */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  const wholes: string[] = [];
  for (const run of runsOf(text)) {
    const { stems, identifiers } = termsOfRun(run);
    for (const each of stems) terms.push(each);
    for (const each of identifiers) wholes.push(each);
  }
  for (const each of wholes) terms.push(each);
  return terms;
}

/** A question's words that tell something; its function words count only when there is nothing else. */
function tellingWords(text: string): string[] {
  const words = splitWords(text);
  const telling = words.filter((word) => !QUESTION_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

/** A question's distinct terms. */
export function queryTerms(text: string): string[] {
  const words = tellingWords(text).filter((word) => word.length <= TERM_CHARS);
  const identifiers = isPlainText(text) ? null : text.match(IDENTIFIER);
  const whole = (identifiers ?? []).filter((identifier) => COMPOUND.test(identifier)).map(wholeTerm);
  return [...new Set([...words.map(stem), ...whole])];
}

/** The stems of a question's telling words, without whole identifiers: what names are compared with. */
export function queryStems(text: string): string[] {
  return [...new Set(tellingWords(text).map(stem))];
}

/** `parse_http_header` and `parseHTTPHeader` are one term. */
function wholeTerm(identifier: string): string {
  return `=${identifier.toLowerCase().replace(/[_$]/g, '')}`;
}
