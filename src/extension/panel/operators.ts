/**
 * The operators in what the box holds, while it is being typed: how the last word can be completed, what is to be asked
 * meanwhile, and which operators make no sense. Pure; the syntax itself is `core/query/parse-query.ts`'s.
 */
import { LANGUAGE_NAMES } from '../../core/languages/names.ts';
import { KIND_NAMES, LANGUAGE_ALIASES } from '../../core/query/parse-query.ts';

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

export interface WrongOperator {
  readonly operator: 'lang' | 'kind';
  /** As it stands in the box: `-lang:foo`. */
  readonly word: string;
  /** What the box holds without it. */
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

const MOST_COMPLETIONS = 8;
const OPERATOR = /^(-?)(lang|path|kind):(.*)$/i;
/** Less of it may be anything. */
const TESTS_BEGUN = /^([-+])te(?:st?)?$/i;

export function typedOperators(value: string, facts: OperatorFacts): TypedOperators {
  const last = lastWord(value);
  const values = valuesFor(last, facts);
  const before = value.slice(0, value.length - last.length);
  const completions = values.all.slice(0, MOST_COMPLETIONS).map((word) => ({ word, value: `${before}${word}` }));
  const isOpen = completions.length > 0 && !values.isWhole;
  return { completions, isOpen, question: isOpen ? before : value, wrong: wrongIn(value, isOpen ? last : '') };
}

/** The word that is being typed: the last one, unless it lies within quotes. */
function lastWord(value: string): string {
  const isQuoted = (value.match(/"/g)?.length ?? 0) % 2 === 1;
  return isQuoted ? '' : (/(?<=^|\s)[^\s"]+$/.exec(value)?.[0] ?? '');
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
  const given = typed!.toLowerCase();
  const prefix = `${sign}${operator}:`;
  const words = (names: readonly string[], end: string): string[] => names.map((name) => `${prefix}${name}${end}`);
  switch (operator.toLowerCase()) {
    case 'lang':
      return { all: words(namesFor(given, [...languages, ...LANGUAGE_NAMES]), ' '), isWhole: isLanguage(given) };
    case 'kind':
      return { all: words(namesFor(given, KIND_NAMES), ' '), isWhole: KIND_NAMES.includes(given) };
    default:
      return { all: words(foldersFor(given, folders), ''), isWhole: isFolderName(given, folders) };
  }
}

const namesFor = (given: string, names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => name.startsWith(given) && name !== given);

const isLanguage = (name: string): boolean => LANGUAGE_NAMES.includes(name) || LANGUAGE_ALIASES.includes(name);

/** Those that begin so, then those below which a folder does; the shorter the better. */
function foldersFor(given: string, folders: readonly string[]): string[] {
  const rank = (folder: string): number => {
    const lower = folder.toLowerCase();
    if (lower === given) return -1;
    return lower.startsWith(given) ? 2 : lower.includes(`/${given}`) ? 1 : 0;
  };
  const ranked = [...new Set(folders)].map((folder) => ({ folder, rank: rank(folder) }));
  return ranked
    .filter((each) => each.rank > 0)
    .sort((a, b) => b.rank - a.rank || a.folder.length - b.folder.length)
    .map(({ folder }) => folder);
}

/** Whether names of folders end where the text does. */
const isFolderName = (given: string, folders: readonly string[]): boolean =>
  given !== '' && folders.some((folder) => `/${folder.toLowerCase()}`.includes(`/${given.replace(/\/$/, '')}/`));

function wrongIn(value: string, open: string): WrongOperator[] {
  const words = [...value.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length)).matchAll(/\S+/g)];
  return words.flatMap(({ 0: word, index }): WrongOperator[] => {
    const [, , operator, given] = OPERATOR.exec(word) ?? [];
    const name = operator?.toLowerCase();
    if (word === open || !given || (name !== 'lang' && name !== 'kind')) return [];
    const isRight = name === 'lang' ? isLanguage(given.toLowerCase()) : KIND_NAMES.includes(given.toLowerCase());
    const without = `${value.slice(0, index)}${value.slice(index + word.length)}`.replace(/\s+/g, ' ').trim();
    return isRight ? [] : [{ operator: name, word, value: without }];
  });
}
