/**
 * Folders one inside another, each with an index of its own: where a path lies, which folder's hit stands for a function that
 * several hold, and what each is told of the place that is asked about. Folders are absolute paths as they were opened. Pure.
 */

/** Where a hit is, as far as it says which function it is. */
export interface FolderPlace {
  readonly folder: string;
  /** Relative to it, with `/`. */
  readonly path: string;
  readonly startLine: number;
}

/** Code that may stand somewhere: `path` and lines are those of `folder`. */
export interface CodePlace {
  readonly folder?: string;
  readonly path?: string;
  readonly startLine?: number;
  readonly endLine?: number;
}

/** What the absolute path of every file in a folder begins with, with `/` on every system. */
const insideOf = (folder: string): string => `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/`;

/** The innermost of the folders that hold the path, or are it, and the way from there, empty for the folder itself; null: none does. */
export function innermostHolding(
  path: string,
  folders: readonly string[],
): { readonly folder: string; readonly rest: string } | null {
  const wanted = path.replaceAll('\\', '/');
  const holding = folders.filter((folder) => `${wanted}/`.startsWith(insideOf(folder)));
  if (holding.length === 0) return null;
  const folder = holding.reduce((inner, each) => (insideOf(each).length > insideOf(inner).length ? each : inner));
  return { folder, rest: wanted.slice(insideOf(folder).length) };
}

/**
 * The hits without those that another folder's stand for, in their order: a function that several folders hold, one inside
 * another, appears once, as the innermost one's. What a folder of `complete`, whose index covers its files, does not find in
 * itself, a folder around it has no say in: its own rules leave it out.
 */
export function withoutNested<T extends FolderPlace>(hits: readonly T[], complete: readonly string[]): T[] {
  const covering = complete.map(insideOf);
  return withoutRepeats(hits.filter((hit) => !isCovered(hit, covering)));
}

/** `covering`: as `insideOf` gives them. */
function isCovered(hit: FolderPlace, covering: readonly string[]): boolean {
  const place = placeOf(hit);
  return covering.some((inside) => inside.length > insideOf(hit.folder).length && place.startsWith(inside));
}

/** Of the same place, the hit of the innermost folder. */
function withoutRepeats<T extends FolderPlace>(hits: readonly T[]): T[] {
  const innermost = new Map<string, T>();
  for (const hit of hits) {
    const other = innermost.get(placeOf(hit));
    if (!other || other.folder.length < hit.folder.length) innermost.set(placeOf(hit), hit);
  }
  return hits.filter((hit) => innermost.get(placeOf(hit)) === hit);
}

const placeOf = ({ folder, path, startLine }: FolderPlace): string => `${insideOf(folder)}${path}:${startLine}`;

/**
 * A request about code as `folder` is told it: another folder gets no lines, and the path as it is, which tells the language;
 * nested folders hold the same file.
 */
export function askedOf<T extends CodePlace>(
  folder: string,
  { folder: home, startLine, endLine, path, ...request }: T,
): Omit<T, keyof CodePlace> & Omit<CodePlace, 'folder'> {
  if (path === undefined) return request;
  const lines = { ...(startLine !== undefined && { startLine }), ...(endLine !== undefined && { endLine }) };
  if (home === folder) return { ...request, path, ...lines };
  const absolute = home === undefined ? '' : `${insideOf(home)}${path}`;
  const isInside = absolute.startsWith(insideOf(folder));
  return isInside ? { ...request, path: absolute.slice(insideOf(folder).length), ...lines } : { ...request, path };
}
