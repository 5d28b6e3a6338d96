/**
 * Where a workspace folder's index lives: `<storage>/<folder key>/<identity>/`. Another identity is another folder, so
 * that a new index grows beside the old one. Once it is complete the old ones go, but for those of other models.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KenningError } from '../../core/errors.ts';
import type { IndexIdentity } from './records.ts';

const HASH_CHARS = 16;
/** The last part of the folder's name, so that people can tell indexes apart. */
const NAME_CHARS = 32;

export function indexFolder(storageDir: string, folder: string, identity: IndexIdentity): string {
  const version = hash(JSON.stringify([identity.format, identity.chunker, identity.model]));
  return join(storageDir, folderKey(folder), version);
}

/** The name of the folder that holds all indexes of `folder`. */
export function folderKey(folder: string): string {
  const name =
    basename(folder)
      .replace(/[^\w.-]/g, '_')
      .slice(0, NAME_CHARS) || 'root';
  return `${name}-${hash(folder)}`;
}

const NOTE = 'folder.txt';

export function createIndexFolder(dir: string, folder: string): void {
  try {
    makeFolder(dir);
    // One that is cut, as when the disk was full, is written again.
    if (notedFolder(dirname(dir)) !== folder) writeFileSync(join(dirname(dir), NOTE), `${folder}\n`);
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new KenningError('index-write-failed', `The index folder ${dir} cannot be made (${code}).`, { cause });
  }
}

/** `dir`: as `folderKey` names it. Null where the note is missing, or that of another folder. */
export function notedFolder(dir: string): string | null {
  try {
    const folder = readFileSync(join(dir, NOTE), 'utf8').replace(/\n$/, '');
    return folderKey(folder) === basename(dir) ? folder : null;
  } catch {
    return null;
  }
}

/** Part by part: where the system takes no folders (as below /proc), Node's own `recursive` never ends. */
function makeFolder(dir: string): void {
  if (existsSync(dir) && statSync(dir).isDirectory()) return;
  if (dirname(dir) !== dir) makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
  } catch (error) {
    // Another process may have made it just now.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(dir).isDirectory()) throw error;
  }
}

export const ASIDE = '.broken';

/** Moves an index that cannot be read out of the way; what was moved before goes. */
export function setAside(dir: string): void {
  const aside = `${dir}${ASIDE}`;
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(dir)) renameSync(dir, aside);
}

const DAMAGED = 'damaged';

/** So that the next `open` mends the index or sets it aside; when even this cannot be written, the damage shows again. */
export function markDamaged(dir: string): void {
  try {
    writeFileSync(join(dir, DAMAGED), '');
  } catch {
    return;
  }
}

/** Throws what the system throws. */
export function unmarkDamaged(dir: string): void {
  rmSync(join(dir, DAMAGED), { force: true });
}

export const isMarkedDamaged = (dir: string): boolean => existsSync(join(dir, DAMAGED));

const IDENTITY = 'identity.json';

/** Beside an index whose folder's name hides it, so that the indexes of other models can be told from leftovers. */
export function recordIdentity(dir: string, identity: IndexIdentity): void {
  const partial = join(dir, `${IDENTITY}.partial`);
  try {
    writeFileSync(partial, `${JSON.stringify(identity)}\n`);
    // Whoever collects at this moment must not find the half of it.
    renameSync(partial, join(dir, IDENTITY));
  } catch {
    // Without the note it is made anew some day; it works all the same.
    return;
  }
}

/** When the index was opened last, in milliseconds since the epoch: `recordIdentity` is part of opening. 0: not known. */
export function lastUsed(dir: string): number {
  const { mtimeMs = 0 } = statSync(join(dir, IDENTITY), { throwIfNoEntry: false }) ?? {};
  return mtimeMs;
}

/** Null where there is none that can be read. */
export function readIdentity(dir: string): IndexIdentity | null {
  try {
    const { format, chunker, model } = JSON.parse(readFileSync(join(dir, IDENTITY), 'utf8')) as Partial<IndexIdentity>;
    const isWhole = typeof format === 'number' && typeof chunker === 'number' && typeof model === 'string';
    return isWhole ? { format, chunker, model } : null;
  } catch {
    return null;
  }
}

export function folderBytes(dir: string): number {
  try {
    return readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
  } catch {
    // A file that went between listing and measuring: a figure for people need not be exact.
    return 0;
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_CHARS);
}
