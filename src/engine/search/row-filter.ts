/** A query's operators, and the one file that is wanted, as a test on rows; null when it has none, so that the common case costs nothing. */

import type { FunctionKind } from '../../core/code-function.ts';
import type { Query } from '../../core/query/parse-query.ts';
import { pathTest } from '../../core/query/path-test.ts';
import { asideOf } from '../../core/ranking/aside.ts';

/** What the operators look at. */
export interface FilterableRow {
  readonly path: string;
  readonly kind: FunctionKind;
  readonly language: string;
}

/** `file`: the only one that is wanted; absent: all. `folder`: that all lie in, absolute; absent: nobody knows. */
export function rowFilter(query: Query, file?: string, folder?: string): ((row: FilterableRow) => boolean) | null {
  const tests: ((row: FilterableRow) => boolean)[] = [];
  if (file !== undefined) tests.push((row) => row.path === file);
  if (query.languages.length > 0) tests.push((row) => query.languages.includes(row.language));
  if (query.notLanguages.length > 0) tests.push((row) => !query.notLanguages.includes(row.language));
  if (query.kinds.length > 0) tests.push((row) => query.kinds.includes(row.kind));
  if (query.notKinds.length > 0) tests.push((row) => !query.notKinds.includes(row.kind));
  const [isIn, isOut] = [query.paths, query.notPaths].map((patterns) => anyOf(patterns, folder));
  if (query.paths.length > 0) tests.push((row) => isIn!(row.path));
  if (query.notPaths.length > 0) tests.push((row) => !isOut!(row.path));
  if (query.tests !== null) tests.push((row) => (asideOf(row.path) === 'tests') === query.tests);
  return tests.length === 0 ? null : (row) => tests.every((test) => test(row));
}

/** Whether one of the patterns fits. A file's rows follow one another: its path is looked at once. */
function anyOf(patterns: readonly string[], folder: string | undefined): (path: string) => boolean {
  const tests = patterns.map((pattern) => pathTest(pattern, folder));
  let last: string | null = null;
  let fits = false;
  return (path) => {
    if (path !== last) fits = tests.some((test) => test(path));
    last = path;
    return fits;
  };
}
