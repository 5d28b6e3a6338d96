/**
 * The operators in what the box holds, while it is being typed: how the last word can be completed, what is to be asked
 * meanwhile, and which operators make no sense. Pure; the syntax itself is `core/query/parse-query.ts`'s.
 */
import { LANGUAGE_NAMES } from '../../core/languages/names.ts';
import { KIND_NAMES, operandOf, pathPattern } from '../../core/query/parse-query.ts';
import { isLanguage, OPERATOR, WORD, type WrongOperator, wrongOperators } from '../../core/query/wrong-operators.ts';

/** What is known of the workspace. */
export interface OperatorFacts {
  /** Languages that are there for sure: they are offered first. */
  readonly languages: readonly string[];
  /** Relative to their workspace folder, with `/` at the end. */
  readonly folders: readonly string[];
}

export interface Completion {
  /** `lang:python` */
  readonly word: string;
  /** What the box then holds. */
  readonly value: string;
}

export interface TypedOperators {
  readonly completions: readonly Completion[];
  /** True where the last word says nothing yet, and a completion is what it needs. */
  readonly isOpen: boolean;
  /** What is asked: all of it, but for a last word that says nothing yet. */
  readonly question: string;
  readonly wrong: readonly WrongOperator[];
}

/** Languages and kinds are few; of folders there are any number. */
const MOST_FOLDERS = 8;
/** Less of it may be anything. */
const TESTS_BEGUN = /^([-+])te(?:st?)?$/i;

export function typedOperators(value: string, facts: OperatorFacts): TypedOperators {
  const last = lastWord(value);
  const values = valuesFor(last, facts);
  const before = value.slice(0, value.length - last.length);
  const completions = values.all.map((word) => ({ word, value: `${before}${word}` }));
  const isOpen = completions.length > 0 && !values.isWhole;
  const wrong = wrongOperators(value).filter(({ word }) => !isOpen || word !== last);
  return { completions, isOpen, question: isOpen ? before : value, wrong };
}

/** The word that is being typed: the last one, unless it lies within quotes that are not an operator's own. */
function lastWord(value: string): string {
  const { 0: word, index } = [...value.matchAll(WORD)].at(-1) ?? { 0: '', index: 0 };
  const isQuoted = (value.match(/"/g)?.length ?? 0) % 2 === 1 && !word.includes('"');
  return isQuoted || index + word.length < value.length ? '' : word;
}

interface Values {
  /** Whole words, the likeliest first; without the word itself. */
  readonly all: readonly string[];
  /** Whether the word makes sense as it stands. */
  readonly isWhole: boolean;
}

function valuesFor(word: string, { languages, folders }: OperatorFacts): Values {
  const tests = TESTS_BEGUN.exec(word);
  if (tests) return { all: word.endsWith('test') ? [] : [`${tests[1]}tests `], isWhole: false };
  const [, sign, operator, typed] = OPERATOR.exec(word) ?? [];
  if (operator === undefined) return { all: [], isWhole: true };
  const given = operandOf(typed!);
  const prefix = `${sign}${operator}:`;
  const words = (names: readonly string[], end: string): string[] =>
    names.map((name) => `${prefix}${/\s/.test(name) ? `"${name}"` : name}${end}`);
  switch (operator.toLowerCase()) {
    case 'lang':
      return { all: words(namesFor(given, [...languages, ...LANGUAGE_NAMES]), ' '), isWhole: isLanguage(given) };
    case 'kind':
      return { all: words(namesFor(given, KIND_NAMES), ' '), isWhole: KIND_NAMES.includes(given) };
    default: {
      const path = pathPattern(given);
      return { all: words(foldersFor(path, folders).slice(0, MOST_FOLDERS), ''), isWhole: isFolderName(path, folders) };
    }
  }
}

const namesFor = (given: string, names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => name.startsWith(given) && name !== given);

/** Those that begin so, then those below which a folder does, unless a leading `/` asks for the top; the shorter the better. */
function foldersFor(given: string, folders: readonly string[]): string[] {
  const top = given.startsWith('/') ? '/' : '';
  const rank = (folder: string): number => {
    const lower = `${top}${folder.toLowerCase()}`;
    if (lower === given) return -1;
    return lower.startsWith(given) ? 2 : lower.includes(`/${given}`) ? 1 : 0;
  };
  const ranked = [...new Set(folders)].map((folder) => ({ folder: `${top}${folder}`, rank: rank(folder) }));
  return ranked
    .filter((each) => each.rank > 0)
    .sort((a, b) => b.rank - a.rank || a.folder.length - b.folder.length)
    .map(({ folder }) => folder);
}

/** Whether names of folders end where the text does. */
function isFolderName(given: string, folders: readonly string[]): boolean {
  const name = given.replace(/^\/|\/$/g, '');
  const at = (folder: string): number => `/${folder.toLowerCase()}`.indexOf(`/${name}/`);
  return name !== '' && folders.some((folder) => (given.startsWith('/') ? at(folder) === 0 : at(folder) >= 0));
}
