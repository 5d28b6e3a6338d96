/**
 * Which functions are one thing several times over: overloads, the pieces of a long one, copies. They are listed as one hit;
 * how they are brought together is `core/ranking/collapse.ts`'s business.
 */
import type { IndexReader } from '../store/index-reader.ts';
import type { StoredFunction } from '../store/records.ts';
import { bodyTerms } from './code-origin.ts';

/** Two of `functions` that have a key in common are alike. Most have none: a name that no other has is not looked at. */
export function alikeKeys(
  functions: Iterable<StoredFunction>,
  index: Pick<IndexReader, 'contents'>,
): (fn: StoredFunction) => string[] {
  const shared = sharing(functions, ({ qualifiedName }) => qualifiedName);
  const keys = new Map(shared.map((fn) => [fn.id, [sameName(fn)]]));
  const alikeAtSight = sharing(shared, outline);
  const contents = index.contents(alikeAtSight.map(({ id }) => id));
  for (const fn of alikeAtSight) {
    const content = contents.get(fn.id);
    if (content) keys.get(fn.id)!.push(`${outline(fn)}\n${[...bodyTerms(content.terms).known]}`);
  }
  return ({ id }) => keys.get(id) ?? [];
}

/** Those whose key another one has, too. */
function sharing(functions: Iterable<StoredFunction>, keyOf: (fn: StoredFunction) => string): StoredFunction[] {
  return [...Map.groupBy(functions, keyOf).values()].filter((its) => its.length > 1).flat();
}

/** Overloads, and pieces of one long function; the rest of a file may be called what a function in it is called. */
const sameName = ({ path, qualifiedName, kind }: StoredFunction): string =>
  `${path}\n${qualifiedName}\n${kind === 'module' || kind === 'lines'}`;

/**
 * What copies have in common at sight: the index keeps no code. Handlers that a framework has called alike have it, too, so
 * a copy also has the same words as often.
 */
const outline = ({ qualifiedName, kind, preview, startLine, endLine }: StoredFunction): string =>
  `${kind}\n${qualifiedName}\n${preview}\n${endLine - startLine}`;
