/**
 * The search box's syntax: `lang:`, `path:`, `kind:`, `-tests` and their negations; all else is the description.
 * An operator that makes no sense is text: a query is never refused.
 */
import type { FunctionKind } from '../code-function.ts';

export interface Query {
  /** What is left once the operators are taken out. */
  readonly text: string;
  readonly languages: readonly string[];
  readonly notLanguages: readonly string[];
  /** Parts of a path, lower case; `*` stands for anything. */
  readonly paths: readonly string[];
  readonly notPaths: readonly string[];
  readonly kinds: readonly FunctionKind[];
  readonly notKinds: readonly FunctionKind[];
  /** `-tests` is false, `tests:only` … `+tests` is true; null says nothing. */
  readonly tests: boolean | null;
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

const OPERATOR = /(?<=^|\s)(-?)(lang|path|kind):(\S+)|(?<=^|\s)([-+])tests?(?=\s|$)/giu;

export function parseQuery(input: string): Query {
  const found = { languages: [], notLanguages: [], paths: [], notPaths: [], kinds: [], notKinds: [] } as Found;
  let tests: boolean | null = null;
  const text = input.replace(OPERATOR, (whole, minus: string, operator: string, value: string, sign: string) => {
    if (sign) tests = sign === '+';
    else if (!add(found, operator.toLowerCase(), value.toLowerCase(), minus === '-')) return whole;
    return ' ';
  });
  return { text: text.replace(/\s+/g, ' ').trim(), ...found, tests };
}

interface Found {
  languages: string[];
  notLanguages: string[];
  paths: string[];
  notPaths: string[];
  kinds: FunctionKind[];
  notKinds: FunctionKind[];
}

function add(found: Found, operator: string, value: string, negated: boolean): boolean {
  if (operator === 'lang') (negated ? found.notLanguages : found.languages).push(...(LANGUAGES.get(value) ?? [value]));
  if (operator === 'path') (negated ? found.notPaths : found.paths).push(value);
  if (operator !== 'kind') return true;
  const kinds = KINDS.get(value);
  if (!kinds) return false;
  (negated ? found.notKinds : found.kinds).push(...kinds);
  return true;
}
