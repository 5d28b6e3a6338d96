/**
 * Files that stand aside from the code a question is usually about: tests, examples, documentation, stubs, old and
 * compatibility code. Judged by their path alone.
 */

export type Aside = 'tests' | 'examples' | 'docs' | 'stubs' | 'legacy';

interface AsideRule {
  readonly aside: Aside;
  /** Tested against the lower-case path with a leading slash. */
  readonly path: RegExp;
  /** Words of a query that ask for such files. */
  readonly asked: RegExp;
}

const RULES: readonly AsideRule[] = [
  {
    aside: 'tests',
    path: /\/(?:tests?|specs?|__tests__|testing|testdata|fixtures?|e2e|mocks?|__mocks__|conftest\.py)(?:\/|$)|\/test_[^/]*$|[._-](?:test|spec|tests|mock)\.[^/]+$|[^/]_test\.[^/]+$|\/[^/]*(?:test|tests|spec)\.(?:java|kt|cs|swift|php|scala)$/,
    asked: /\b(?:tests?|tested|testing|specs?|mock\w*|fixtures?|asserts?|assertions?)\b/i,
  },
  {
    aside: 'examples',
    path: /\/(?:examples?|samples?|demos?|tutorials?|playgrounds?|benchmarks?|bench|benches)(?:\/|$)/,
    asked: /\b(?:examples?|samples?|demos?|tutorials?|benchmarks?)\b/i,
  },
  { aside: 'docs', path: /\/(?:docs?|documentation|website|changelog)\//, asked: /\b(?:docs?|documentation)\b/i },
  {
    aside: 'stubs',
    path: /\.d\.[cm]?ts$|\.pyi$|\/(?:typings|stubs)\//,
    asked: /\b(?:types?|typings?|stubs?|declarations?)\b/i,
  },
  {
    aside: 'legacy',
    path: /\/(?:_?compat(?:ibility)?|legacy|deprecated|old|v1|backports?|polyfills?)(?:\/|\.[^/]+$)/,
    asked: /\b(?:compat\w*|legacy|deprecated|old|v1|backport\w*|polyfills?)\b/i,
  },
];

/** The kind of side file that `path` is, or null for ordinary code. */
export function asideOf(path: string): Aside | null {
  const lower = `/${path.toLowerCase()}`;
  return RULES.find((rule) => rule.path.test(lower))?.aside ?? null;
}

const INTERNAL = /\/(?:_?internals?|_?private|details?|_?impl|platform)\/|\/_[^_/][^/]*$/;

/** Whether a path says by its name that it is not meant for users of the code. */
export function isInternal(path: string): boolean {
  return INTERNAL.test(`/${path.toLowerCase()}`);
}

/** The kinds of side file that a query asks for by its words. */
export function asidesAsked(query: string): ReadonlySet<Aside> {
  return new Set(RULES.filter((rule) => rule.asked.test(query)).map((rule) => rule.aside));
}
