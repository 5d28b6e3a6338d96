/**
 * The search box's syntax: `lang:`, `path:`, `kind:`, `-tests`, `"exact"` and their negations; all else is the
 * description. An operator that makes no sense is text: a query is never refused.
 */
import type { FunctionKind } from '../code-function.ts';
import { beginning } from '../text/beginning.ts';

export interface Query {
  /**
   * What is left once the operators are taken out, with the words of the exact phrases. In Unicode's compatibility form, so
   * that full-width letters are the letters they look like.
   */
  readonly text: string;
  readonly languages: readonly string[];
  readonly notLanguages: readonly string[];
  /** Parts of a path, lower case and with `/`; `*` stands for anything, a leading `/` for the folder's top. */
  readonly paths: readonly string[];
  readonly notPaths: readonly string[];
  readonly kinds: readonly FunctionKind[];
  readonly notKinds: readonly FunctionKind[];
  /** `-tests` is false, `tests:only` … `+tests` is true; null says nothing. */
  readonly tests: boolean | null;
  /** Phrases that a hit must hold as they stand here, without their quotes. */
  readonly exact: readonly string[];
  /** Phrases that it must not hold. */
  readonly notExact: readonly string[];
}

const KINDS: ReadonlyMap<string, readonly FunctionKind[]> = new Map<string, readonly FunctionKind[]>([
  ['function', ['function', 'method', 'constructor']],
  ['fn', ['function', 'method', 'constructor']],
  ['method', ['method']],
  ['constructor', ['constructor']],
  ['class', ['class']],
  ['interface', ['interface']],
  ['enum', ['enum']],
  ['type', ['type', 'class', 'interface', 'enum']],
  ['module', ['module', 'lines']],
]);

const LANGUAGES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['js', ['javascript', 'jsx']],
  ['javascript', ['javascript', 'jsx']],
  ['ts', ['typescript', 'tsx']],
  ['typescript', ['typescript', 'tsx']],
  ['py', ['python']],
  ['rb', ['ruby']],
  ['rs', ['rust']],
  ['cs', ['csharp']],
  ['c#', ['csharp']],
  ['c++', ['cpp']],
  ['golang', ['go']],
  ['sh', ['bash']],
  ['shell', ['bash']],
  ['kt', ['kotlin']],
  ['hs', ['haskell']],
  ['ex', ['elixir']],
]);

/** What `kind:` takes, and what `lang:` takes besides a language's own id. */
export const KIND_NAMES: readonly string[] = [...KINDS.keys()];
export const LANGUAGE_ALIASES: readonly string[] = [...LANGUAGES.keys()];

/**
 * Of the text, and of an operator's value: more is something that was pasted, of which the beginning tells as much; a longer
 * value is no operator's.
 */
const MOST_CHARS = 10_000;
/** Each is asked of every function. More are text. */
const MOST_OPERATORS = 100;

/** An operator within quotes is part of the phrase, quotes behind one hold its value; a quote that nothing closes is text. */
const OPERATOR = /(?<=^|\s)(-?)"([^"]+)"|(?<=^|\s)(-?)(lang|path|kind):("[^"]+"|\S+)|(?<=^|\s)([-+])tests?(?=\s|$)/giu;

export function parseQuery(input: string): Query {
  const lists = { languages: [], notLanguages: [], paths: [], notPaths: [], kinds: [], notKinds: [] };
  const found: Found = { ...lists, exact: [], notExact: [], tests: null };
  let operators = 0;
  const text = input.normalize('NFC').replace(OPERATOR, (whole, ...groups: (string | undefined)[]) => {
    const [not, phrase, minus, operator, value, sign] = groups;
    if (++operators > MOST_OPERATORS || whole.length > MOST_CHARS) return whole;
    if (phrase !== undefined) return addPhrase(found, folded(phrase), not === '-') ?? whole;
    if (sign) found.tests = sign === '+';
    else if (!add(found, operator!.toLowerCase(), operandOf(value!), minus === '-')) return whole;
    return ' ';
  });
  return { text: beginning(folded(text.normalize('NFKC')), MOST_CHARS), ...found };
}

/** An operator's value without the quotes around it, as names are compared. */
export const operandOf = (value: string): string => value.replaceAll('"', '').trim().toLowerCase();

/** As the index writes paths, whatever system or command the user has copied it from. Empty: no part of a path. */
export const pathPattern = (operand: string): string =>
  operand
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/+)+/, '')
    .replace(/^\/+/, '/');

/** Whether it says anything that keeps functions out of the answer. */
export const isFiltered = ({ text: _, ...narrowing }: Query): boolean =>
  Object.values(narrowing).some((each) => (Array.isArray(each) ? each.length > 0 : each !== null));

interface Found {
  languages: string[];
  notLanguages: string[];
  paths: string[];
  notPaths: string[];
  kinds: FunctionKind[];
  notKinds: FunctionKind[];
  exact: string[];
  notExact: string[];
  tests: boolean | null;
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What stands in the text for it: the words of a phrase are asked about, those of an unwanted one are not. */
function addPhrase(found: Found, phrase: string, negated: boolean): string | null {
  if (phrase === '') return null;
  (negated ? found.notExact : found.exact).push(phrase);
  return negated ? ' ' : ` ${phrase} `;
}

/** Whether it makes sense. */
function add(found: Found, operator: string, value: string, negated: boolean): boolean {
  if (value === '') return false;
  if (operator === 'lang') (negated ? found.notLanguages : found.languages).push(...(LANGUAGES.get(value) ?? [value]));
  if (operator === 'path') (negated ? found.notPaths : found.paths).push(...pathsOf(value));
  if (operator !== 'kind') return true;
  const kinds = KINDS.get(value);
  if (!kinds) return false;
  (negated ? found.notKinds : found.kinds).push(...kinds);
  return true;
}

/** The folder itself, `./` or `/`, narrows nothing, and would leave out everything. */
const pathsOf = (value: string): readonly string[] => [pathPattern(value)].filter((path) => !/^\/?$/.test(path));
