/** A query's operators, and the one file that is wanted, as a test on rows; null when it has none, so that the common case costs nothing. */

import type { FunctionKind } from '../../core/code-function.ts';
import type { Query } from '../../core/query/parse-query.ts';
import { asideOf } from '../../core/ranking/aside.ts';

/** What the operators look at. */
export interface FilterableRow {
  readonly path: string;
  readonly kind: FunctionKind;
  readonly language: string;
}

export function rowFilter(query: Query, file?: string): ((row: FilterableRow) => boolean) | null {
  const tests: ((row: FilterableRow) => boolean)[] = [];
  if (file !== undefined) tests.push((row) => row.path === file);
  if (query.languages.length > 0) tests.push((row) => query.languages.includes(row.language));
  if (query.notLanguages.length > 0) tests.push((row) => !query.notLanguages.includes(row.language));
  if (query.kinds.length > 0) tests.push((row) => query.kinds.includes(row.kind));
  if (query.notKinds.length > 0) tests.push((row) => !query.notKinds.includes(row.kind));
  const paths = query.paths.map(pathTest);
  const notPaths = query.notPaths.map(pathTest);
  if (paths.length > 0) tests.push((row) => paths.some((matches) => matches(row.path)));
  if (notPaths.length > 0) tests.push((row) => !notPaths.some((matches) => matches(row.path)));
  if (query.tests !== null) tests.push((row) => (asideOf(row.path) === 'tests') === query.tests);
  return tests.length === 0 ? null : (row) => tests.every((test) => test(row));
}

/** Part of the path, in any case, its beginning behind a leading `/`; `*` stands for anything within a name, `**` across folders. */
function pathTest(pattern: string): (path: string) => boolean {
  const part = pattern.replace(/^\//, '');
  const source = part
    .split(/(\*\*|\*)/)
    .map((piece) => (piece === '**' ? '.*' : piece === '*' ? '[^/]*' : piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  const expression = new RegExp(part === pattern ? source : `^${source}`, 'i');
  return (path) => expression.test(path);
}
