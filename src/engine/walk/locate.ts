/** Goes down to one path as the walk would, and says where it ends: at the path, or at what keeps it out. */
import { join, relative, resolve, sep } from 'node:path';
import type { Skip } from '../../core/skip.ts';
import { type Entry, errnoOf } from './file-system.ts';
import type { Rules } from './rules.ts';
import { judgeEntry, type Opened, openFolder, type Place, placeOf, type Tree } from './tree.ts';

export type Located =
  | { readonly at: 'folder'; readonly place: Place }
  | { readonly at: 'file'; readonly path: string }
  /** `path` is the nearest entry that is kept out; a folder's ends in `/`. */
  | { readonly at: 'skip'; readonly path: string; readonly skip: Skip }
  | { readonly at: 'gone' };

/** Remembers opened folders while many paths are looked up. */
export type OpenedFolders = Map<string, Promise<Opened>>;

const GONE: Located = { at: 'gone' };

/**
 * `path`: relative with `/`, as `relativePath` gives it; empty for the root. `missing`: what to take a path for that is not
 * there.
 */
export async function locate(
  tree: Tree,
  path: string,
  memory: OpenedFolders = new Map(),
  missing: 'gone' | 'file' = 'gone',
): Promise<Located> {
  let place: Place = { path: '', rules: tree.rules };
  const segments = path === '' ? [] : path.split('/');
  for (const [index, name] of segments.entries()) {
    const isLast = index === segments.length - 1;
    const found = await openOnce(tree, place, memory);
    const opened = found === 'gone' ? ifAssumed(missing, { entries: [], rules: place.rules }) : found;
    if (!opened) return GONE;
    if ('skip' in opened) return { at: 'skip', path: place.path, skip: opened.skip };
    const listed = await findEntry(tree, opened.entries, place.path, name);
    const entry = listed ?? ifAssumed<Entry>(missing, { name, kind: isLast ? 'file' : 'folder' });
    if (!entry) return GONE;
    const next = enter(tree, opened.rules, place.path, entry);
    if (next.at !== 'folder') return next.at === 'skip' || isLast ? next : GONE;
    place = next.place;
  }
  return { at: 'folder', place };
}

/** `folder`: the path of the opened one, ending in `/` unless it is the root; `rules`: those that hold inside it. */
function enter(tree: Tree, rules: Rules, folder: string, entry: Entry): Exclude<Located, { at: 'gone' }> {
  const path = folder + entry.name;
  const isFolder = entry.kind === 'folder';
  const skip = judgeEntry(tree, rules, path, entry);
  if (skip) return { at: 'skip', path: isFolder ? `${path}/` : path, skip };
  return isFolder ? { at: 'folder', place: placeOf(tree, rules, `${path}/`) } : { at: 'file', path };
}

const ifAssumed = <T>(missing: 'gone' | 'file', value: T): T | null => (missing === 'file' ? value : null);

/** Null for a path outside the folder. Absolute paths and a closing `/` are understood. */
export function relativePath(folder: string, path: string): string | null {
  const found = relative(folder, resolve(folder, path)).replaceAll(sep, '/');
  return found === '..' || found.startsWith('../') || resolve(folder, found) !== resolve(folder, path) ? null : found;
}

function openOnce(tree: Tree, place: Place, memory: OpenedFolders): Promise<Opened> {
  const known = memory.get(place.path);
  if (known) return known;
  const opened = openFolder(tree, place);
  memory.set(place.path, opened);
  return opened;
}

/**
 * A name may be spelled otherwise than listed: in another case, or composed otherwise. The file system knows, and it is
 * found under the name that is listed: after `a.ts` was renamed to `A.ts` nothing is called `a.ts` any more.
 */
async function findEntry(tree: Tree, entries: readonly Entry[], folder: string, name: string): Promise<Entry | null> {
  const listed = entries.find((entry) => entry.name === name);
  if (listed) return listed;
  try {
    const { kind } = await tree.reader.fs.stat(join(tree.root, folder, name));
    return { name: entries.find((entry) => folded(entry.name) === folded(name))?.name ?? name, kind };
  } catch (error) {
    errnoOf(error);
    return null;
  }
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();
