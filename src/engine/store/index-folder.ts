/**
 * Where a workspace folder's index lives: `<storage>/<folder key>/<identity>/`. Another identity is another folder, so
 * that a new index grows beside the old one; the old ones go once the new one is complete.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { KenningError } from '../../core/errors.ts';
import type { IndexIdentity } from './records.ts';

const HASH_CHARS = 16;
/** The last part of the folder's name, so that people can tell indexes apart. */
const NAME_CHARS = 32;

export function indexFolder(storageDir: string, folder: string, identity: IndexIdentity): string {
  const name =
    basename(folder)
      .replace(/[^\w.-]/g, '_')
      .slice(0, NAME_CHARS) || 'root';
  const key = `${name}-${hash(folder)}`;
  const version = hash(JSON.stringify([identity.format, identity.chunker, identity.model]));
  return join(storageDir, key, version);
}

export function createIndexFolder(dir: string, folder: string): void {
  try {
    makeFolder(dir);
    const note = join(dirname(dir), 'folder.txt');
    if (!existsSync(note)) writeFileSync(note, `${folder}\n`);
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new KenningError('index-write-failed', `The index folder ${dir} cannot be made (${code}).`, { cause });
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

/** Moves an index that cannot be read out of the way; what was moved before goes. */
export function setAside(dir: string): void {
  const aside = `${dir}.broken`;
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(dir)) renameSync(dir, aside);
}

const DAMAGED = 'damaged';

/** So that the next `open` sets the index aside; when even this cannot be written, the damage shows again. */
export function markDamaged(dir: string): void {
  try {
    writeFileSync(join(dir, DAMAGED), '');
  } catch {
    return;
  }
}

export const isMarkedDamaged = (dir: string): boolean => existsSync(join(dir, DAMAGED));

/** Indexes of other identities of the same folder, and what was set aside. */
export function removeOthers(dir: string): void {
  for (const entry of readdirSync(dirname(dir), { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name !== basename(dir)) {
      rmSync(join(dirname(dir), entry.name), { recursive: true, force: true });
    }
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
