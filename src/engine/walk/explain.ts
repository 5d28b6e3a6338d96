/** Why one file or folder is not indexed: walks down to it by the walk's own rules, then reads it as indexing would. */
import type { Skip } from '../../core/skip.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { locate, relativePath } from './locate.ts';
import { readSource } from './read-source.ts';
import { measureFile, openFolder, openTree } from './tree.ts';
import type { WalkOptions } from './walk.ts';

/** Null when nothing keeps it out. `path`: relative with `/`, or absolute inside `folder`. */
export async function explain(
  folder: string,
  path: string,
  options: Pick<WalkOptions, 'excludes' | 'maxFileBytes'>,
  fs: FileSystem = nodeFileSystem,
): Promise<Skip | null> {
  const inside = relativePath(folder, path);
  if (inside === null) return { code: 'unreadable', rule: 'outside the folder' };
  const tree = await openTree(folder, options.excludes, fs);
  const located = await locate(tree, inside);
  if (located.at === 'skip') return located.skip;
  if (located.at === 'gone') return { code: 'unreadable', rule: 'ENOENT' };
  if (located.at === 'folder') {
    const opened = await openFolder(tree, located.place);
    return opened !== 'gone' && 'skip' in opened ? opened.skip : null;
  }
  const stat = await measureFile(tree, located.path, options.maxFileBytes);
  if (stat === 'gone') return { code: 'unreadable', rule: 'ENOENT' };
  if ('code' in stat) return stat;
  const source = await readSource(tree.root, located.path, options.maxFileBytes, fs);
  return 'skip' in source ? source.skip : null;
}

/** As `explain`, of a file that may not be on disk yet, and by its place alone. */
export async function explainPlace(
  folder: string,
  path: string,
  excludes: readonly string[],
  fs: FileSystem = nodeFileSystem,
): Promise<Skip | null> {
  const tree = await openTree(folder, excludes, fs);
  const located = await locate(tree, path, new Map(), 'file');
  if (located.at === 'skip') return located.skip;
  return located.at === 'file' ? null : { code: 'not-a-file', rule: located.at };
}
