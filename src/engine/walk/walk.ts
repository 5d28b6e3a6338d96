/**
 * Finds a folder's files that may hold code, and says for each of the others why not. Reads names, ignore files and file
 * status; never the files themselves. Order is the same in every run.
 */
import { KenningError } from '../../core/errors.ts';
import type { Skip } from '../../core/skip.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { type Located, locate, type OpenedFolders, relativePath } from './locate.ts';
import { judgeEntry, measureFile, openFolder, openTree, type Place, placeOf, type Tree } from './tree.ts';

export interface FoundFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** In bytes; more than 0 and at most `maxFileBytes`. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** A folder is one entry, whose path ends in `/`; nothing inside it is listed. */
export interface SkippedFile {
  readonly path: string;
  readonly skip: Skip;
}

export interface WalkOptions {
  /** Globs of the editor's `files.exclude` and `search.exclude`. */
  readonly excludes: readonly string[];
  readonly maxFileBytes: number;
  readonly signal?: AbortSignal;
  /** Only these files and folders, relative with `/`. What does not exist or lies outside is passed over. */
  readonly start?: readonly string[];
}

/**
 * Above the largest files that people write (TypeScript's `checker.ts` has 3 MB), below most dumps, amalgamations and
 * bundles; one parse tree of it fits the engine's memory.
 */
export const DEFAULT_MAX_FILE_BYTES = 4 * 2 ** 20;

/** Folders opened at a time, and files measured at a time within each: enough to keep the system's threads busy. */
const FOLDERS_AT_ONCE = 16;
const FILES_AT_ONCE = 256;

/**
 * Throws `folder-not-found` when the folder cannot be listed and `cancelled` when the signal says so: an end without an
 * error means that everything was seen.
 */
export async function* walk(
  folder: string,
  options: WalkOptions,
  fs: FileSystem = nodeFileSystem,
): AsyncGenerator<FoundFile | SkippedFile> {
  const tree = await openTree(folder, options.excludes, fs);
  const memory: OpenedFolders = new Map();
  const visited = new Set<string>();
  for (const start of startPaths(folder, options.start)) {
    stopIfCancelled(options.signal);
    const located = await locate(tree, start, memory);
    if (located.at === 'gone') continue;
    const { path } = located.at === 'folder' ? located.place : located;
    // Two spellings of one name.
    if (visited.has(path)) continue;
    visited.add(path);
    if (located.at === 'folder') yield* walkFrom(tree, located.place, options);
    else yield* await visitLocated(tree, located, options);
  }
}

async function* walkFrom(tree: Tree, place: Place, options: WalkOptions): AsyncGenerator<FoundFile | SkippedFile> {
  const pending = [place];
  while (pending.length > 0) {
    stopIfCancelled(options.signal);
    const batch = pending.splice(-FOLDERS_AT_ONCE).reverse();
    const visits = await Promise.all(batch.map((next) => visitFolder(tree, next, options.maxFileBytes)));
    for (const { files } of visits) yield* files;
    pending.push(...visits.flatMap(({ folders }) => folders).reverse());
  }
}

interface Visit {
  readonly files: readonly (FoundFile | SkippedFile)[];
  readonly folders: readonly Place[];
}

async function visitFolder(tree: Tree, place: Place, maxFileBytes: number): Promise<Visit> {
  const opened = await openFolder(tree, place);
  if (opened === 'gone') return { files: [], folders: [] };
  if ('skip' in opened) return { files: [{ path: place.path, skip: opened.skip }], folders: [] };
  const files: (string | SkippedFile)[] = [];
  const folders: Place[] = [];
  for (const entry of opened.entries) {
    const path = place.path + entry.name;
    const isFolder = entry.kind === 'folder';
    const skip = judgeEntry(tree, opened.rules, path, entry);
    if (skip) files.push({ path: isFolder ? `${path}/` : path, skip });
    else if (isFolder) folders.push(placeOf(tree, opened.rules, `${path}/`));
    else files.push(path);
  }
  return { files: await measured(tree, files, maxFileBytes), folders };
}

/** Puts each path's size and time, or the reason against it, in its place. */
async function measured(
  tree: Tree,
  files: readonly (string | SkippedFile)[],
  maxFileBytes: number,
): Promise<(FoundFile | SkippedFile)[]> {
  const result: (FoundFile | SkippedFile)[] = [];
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const chunk = files.slice(from, from + FILES_AT_ONCE);
    const done = await Promise.all(
      chunk.map((file) => (typeof file === 'string' ? visitFile(tree, file, maxFileBytes) : file)),
    );
    for (const file of done) if (file) result.push(file);
  }
  return result;
}

async function visitFile(tree: Tree, path: string, maxFileBytes: number): Promise<FoundFile | SkippedFile | null> {
  const stat = await measureFile(tree, path, maxFileBytes);
  if (stat === 'gone') return null;
  return 'code' in stat ? { path, skip: stat } : { path, ...stat };
}

async function visitLocated(
  tree: Tree,
  located: Exclude<Located, { at: 'folder' | 'gone' }>,
  { maxFileBytes }: WalkOptions,
): Promise<(FoundFile | SkippedFile)[]> {
  if (located.at === 'skip') return [{ path: located.path, skip: located.skip }];
  const file = await visitFile(tree, located.path, maxFileBytes);
  return file ? [file] : [];
}

/** In order, without repeats and without paths inside a folder that is there itself. */
function startPaths(folder: string, start: readonly string[] | undefined): string[] {
  if (!start) return [''];
  const paths = new Set(start.flatMap((path) => relativePath(folder, path) ?? []));
  if (paths.has('')) return [''];
  return [...paths].filter((path) => !parentsOf(path).some((parent) => paths.has(parent))).sort();
}

function parentsOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new KenningError('cancelled', 'The scan was cancelled.');
}
