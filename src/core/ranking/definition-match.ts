/**
 * Whether a definition is what an identifier in the question names: `app.set`, `json.loads`, `http::Request`. Compared as
 * names are spelled; words in names are `name-match.ts`'s business.
 */
import { fileStem } from './path-names.ts';

/** What a name counts that is the asked one but for case and underscores: `_loads` is another function than `loads`. */
const OTHERWISE_SPELLED = 0.75;
/** What the last part of a chain counts alone, and a name that is no chain: many functions are called alike. */
const LAST_PART = 0.1;
/** Files that stand for their folder. */
const STANDS_FOR_FOLDER: ReadonlySet<string> = new Set(['index', '__init__', 'mod', 'lib', 'main', 'init']);

/**
 * 1 when the whole chain names it (`app.set` for `app.set`, `json.loads` for `loads` of `json/decoder.py` or `json.py`),
 * a tenth when its last part alone does, or when that is all there is to it; less when it is spelled otherwise; else 0.
 * `identifiers`: parts of each.
 */
export function definitionMatch(
  identifiers: readonly (readonly string[])[],
  qualifiedName: string,
  path: string,
): number {
  if (identifiers.length === 0) return 0;
  const name = qualifiedName.split('.').filter((part) => bare(part) !== '');
  return identifiers.reduce((best, chain) => Math.max(best, matchOf(chain, name, path)), 0);
}

function matchOf(chain: readonly string[], name: readonly string[], path: string): number {
  if (!isSame(chain.at(-1)!, name.at(-1) ?? '')) return 0;
  const spelled = chain.at(-1) === name.at(-1) ? 1 : OTHERWISE_SPELLED;
  const isWhole =
    chain.length > 1 && (isTail(chain, name) || modulesOf(path).some((at) => isTail(chain, [...at, ...name])));
  return spelled * (isWhole ? 1 : LAST_PART);
}

const isTail = (chain: readonly string[], name: readonly string[]): boolean =>
  chain.length <= name.length && chain.every((part, i) => isSame(part, name[name.length - chain.length + i]!));

/** What code may call the file: by its folders and its own name, or by its folders alone. */
function modulesOf(path: string): string[][] {
  const folders = path.split('/');
  const file = fileStem(folders.pop()!);
  return STANDS_FOR_FOLDER.has(file) ? [folders] : [[...folders, file], folders];
}

const isSame = (a: string, b: string): boolean => bare(a) === bare(b);

/** `parse_url` and `parseURL` are one name. */
const bare = (part: string): string => part.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');
