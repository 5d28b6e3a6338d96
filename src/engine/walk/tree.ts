/**
 * A folder opened for walking: the rules that hold in it from outside, and the verdict on each entry. `walk` and
 * `explain` both ask here, so that what is explained is what was done.
 */
import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Ignore } from 'ignore';
import { KenningError } from '../../core/errors.ts';
import { secretNameSkip, unsupportedNameSkip } from '../../core/files/file-names.ts';
import { folderContentSkip, folderNameSkip } from '../../core/files/folder-names.ts';
import type { Skip, SkipCode } from '../../core/skip.ts';
import { editorExcludes, editorRule } from './editor-excludes.ts';
import { type Entry, type EntryKind, errnoOf, type FileSystem, isGone } from './file-system.ts';
import { gitDirOf, readGitSettings, repositoryRoot } from './git-repository.ts';
import { decide, type Rule } from './rule-level.ts';
import { type RuleReader, type Rules, rulesInside, rulesTakenBack, topRules } from './rules.ts';

export interface Tree {
  readonly reader: RuleReader;
  /** Absolute, links resolved. */
  readonly root: string;
  readonly excludes: Ignore | null;
  /** In force around the root's own entries, before its own files. */
  readonly rules: Rules;
}

/** A folder to be opened: relative path ending in `/`, empty for the root; the rules around its own files. */
export interface Place {
  readonly path: string;
  readonly rules: Rules;
}

/** `gone`: removed since it was seen. */
export type Opened = { readonly entries: readonly Entry[]; readonly rules: Rules } | { readonly skip: Skip } | 'gone';

/** Rejects with `folder-not-found` when there is no such folder. Returns its real path. */
export function requireFolder(folder: string): Promise<string> {
  return realpath(folder).catch((error: unknown) => noFolder(folder, errnoOf(error)));
}

/** Rejects with `folder-not-found` when there is no such folder. */
export async function openTree(folder: string, excludes: readonly string[], fs: FileSystem): Promise<Tree> {
  const root = await requireFolder(folder);
  const top = (await repositoryRoot(fs, root)) ?? root;
  const prefix = top === root ? '' : `${relative(top, root).replaceAll(sep, '/')}/`;
  const settings = await readGitSettings(fs, top, await gitDirOf(fs, top));
  const reader: RuleReader = { fs, top, prefix, settings };
  return { reader, root, excludes: editorExcludes(excludes), rules: await rulesAround(reader) };
}

/** The rules of the folders from the repository's root down to the walked one, which was opened by name whatever they say. */
async function rulesAround(reader: RuleReader): Promise<Rules> {
  let rules = await topRules(reader);
  const segments = reader.prefix.split('/').slice(0, -1);
  for (let depth = 0; depth < segments.length; depth++) {
    const outer = segments
      .slice(0, depth)
      .map((name) => `${name}/`)
      .join('');
    const entries = await reader.fs.list(join(reader.top, outer)).catch(() => []);
    rules = await rulesInside(reader, rules, outer, new Set(entries.map((entry) => entry.name)));
    rules = rulesTakenBack(rules, `${outer}${segments[depth]}/`);
  }
  return rules;
}

/** Folders inside folders. Hand-made trees stay below 40; the bound keeps matching cheap on hostile ones. */
const MAX_DEPTH = 128;
const TOO_DEEP = `more than ${MAX_DEPTH} folders deep`;

/** Lists a folder and takes in its own rules. Entries come in code unit order. */
export async function openFolder(tree: Tree, { path, rules }: Place): Promise<Opened> {
  if (path.split('/').length > MAX_DEPTH + 1) return { skip: { code: 'unreadable', rule: TOO_DEEP } };
  let entries: Entry[];
  try {
    entries = await tree.reader.fs.list(join(tree.root, path));
  } catch (error) {
    const errno = errnoOf(error);
    if (path === '') return noFolder(tree.root, errno);
    return isGone(errno) && !isMangled(path) ? 'gone' : { skip: unreadable(path, errno) };
  }
  const names = new Set(entries.map((entry) => entry.name));
  const skip = path === '' ? null : folderContentSkip(names);
  if (skip) return { skip };
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { entries, rules: await rulesInside(tree.reader, rules, tree.reader.prefix + path, names) };
}

/** What name and rules say about an entry; null for a folder to open or a file to read. `path` has no closing `/`. */
export function judgeEntry(tree: Tree, rules: Rules, path: string, { name, kind }: Entry): Skip | null {
  if (name === '.git') return { code: 'always-excluded', rule: name };
  if (kind !== 'file' && kind !== 'folder') return { code: 'not-a-file', rule: kind };
  const isFolder = kind === 'folder';
  const full = `${path}${isFolder ? '/' : ''}`;
  const byName = isFolder ? folderNameSkip(name) : secretNameSkip(name);
  return byName ?? judgeByRules(tree, rules, full) ?? (isFolder ? null : judgeFile(tree, rules, path, name));
}

function judgeByRules(tree: Tree, rules: Rules, path: string): Skip | null {
  const rule = decide(rules.ignoring, tree.reader.prefix + path) ?? editorRule(tree.excludes, path);
  return rule ? skipBy('ignored', rule) : null;
}

function judgeFile(tree: Tree, rules: Rules, path: string, name: string): Skip | null {
  for (const mark of ['vendored', 'generated'] as const) {
    const rule = decide(rules.attributes[mark], tree.reader.prefix + path);
    if (rule) return skipBy(mark, rule);
  }
  return unsupportedNameSkip(name);
}

/** The place of a folder that no rule keeps out. */
export function placeOf(tree: Tree, rules: Rules, path: string): Place {
  return { path, rules: rulesTakenBack(rules, tree.reader.prefix + path) };
}

export interface FileStat {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

/** The last verdict that needs no reading. */
export async function measureFile(tree: Tree, path: string, maxFileBytes: number): Promise<FileStat | Skip | 'gone'> {
  try {
    const { kind, ...stat } = await tree.reader.fs.stat(join(tree.root, path));
    return sizeSkip(kind, stat.size, maxFileBytes) ?? stat;
  } catch (error) {
    const errno = errnoOf(error);
    return isGone(errno) && !isMangled(path) ? 'gone' : unreadable(path, errno);
  }
}

export function sizeSkip(kind: EntryKind, size: number, maxFileBytes: number): Skip | null {
  if (kind !== 'file') return { code: 'not-a-file', rule: kind };
  if (size === 0) return { code: 'empty' };
  return size > maxFileBytes ? { code: 'too-large', rule: `${(maxFileBytes / 2 ** 20).toFixed(1)} MiB` } : null;
}

function skipBy(code: SkipCode, { pattern, source }: Rule): Skip {
  return source === undefined ? { code, rule: pattern } : { code, rule: pattern, source };
}

function unreadable(path: string, errno: string): Skip {
  return { code: 'unreadable', rule: isMangled(path) && isGone(errno) ? 'name not UTF-8' : errno };
}

/** A name that is not UTF-8 arrives with U+FFFD in it and names nothing. */
function isMangled(path: string): boolean {
  return path.includes('\uFFFD');
}

function noFolder(folder: string, errno: string): never {
  const why = isGone(errno) ? 'There is no folder' : `The folder cannot be read (${errno}):`;
  throw new KenningError('folder-not-found', `${why} ${folder}.`);
}
