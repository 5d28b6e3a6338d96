/** Goes down to one path as the walk would, and says where it ends: at the path, or at what keeps it out. */
import { join, relative, resolve, sep } from 'node:path';
import type { Skip } from '../../core/skip.ts';
import { type Entry, errnoOf } from './file-system.ts';
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

/** `path`: relative with `/`, as `relativePath` gives it; empty for the root. */
export async function locate(tree: Tree, path: string, memory: OpenedFolders = new Map()): Promise<Located> {
  let place: Place = { path: '', rules: tree.rules };
  const segments = path === '' ? [] : path.split('/');
  for (const [index, name] of segments.entries()) {
    const opened = await openOnce(tree, place, memory);
    if (opened === 'gone') return GONE;
    if ('skip' in opened) return { at: 'skip', path: place.path, skip: opened.skip };
    const entry = await findEntry(tree, opened.entries, place.path, name);
    if (!entry) return GONE;
    const at = place.path + name;
    const isFolder = entry.kind === 'folder';
    const skip = judgeEntry(tree, opened.rules, at, entry);
    if (skip) return { at: 'skip', path: isFolder ? `${at}/` : at, skip };
    if (!isFolder) return index === segments.length - 1 ? { at: 'file', path: at } : GONE;
    place = placeOf(tree, opened.rules, `${at}/`);
  }
  return { at: 'folder', place };
}

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

/** A name may be spelled otherwise than listed: in another case, or composed otherwise. The file system knows. */
async function findEntry(tree: Tree, entries: readonly Entry[], folder: string, name: string): Promise<Entry | null> {
  const listed = entries.find((entry) => entry.name === name);
  if (listed) return listed;
  try {
    return { name, kind: (await tree.reader.fs.stat(join(tree.root, folder, name))).kind };
  } catch (error) {
    errnoOf(error);
    return null;
  }
}
