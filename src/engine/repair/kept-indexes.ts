/** Lists what lies in the storage of indexes, by their names alone: whatever else is there is none of ours. */
import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { KeptIndex } from '../api/repair.ts';
import { folderBytes, lastUsed, notedFolder, readIdentity } from '../store/index-folder.ts';
import type { IndexIdentity } from '../store/records.ts';

export interface ListedIndex extends KeptIndex {
  readonly identity: IndexIdentity | null;
  /** Set aside or half deleted: nobody opens it again. */
  readonly isLeftover: boolean;
}

/** All indexes of one folder. */
const FOLDER = /^[\w.-]+-[0-9a-f]{16}$/;
const INDEX = /^[0-9a-f]{16}$/;
const LEFTOVER = /^[0-9a-f]{16}(?:\.(?:broken|deleted))+$/;
/** All indexes of a folder, half deleted. */
const LEFT_FOLDER = /^[\w.-]+-[0-9a-f]{16}(?:\.deleted)+$/;

export function keptIndexes(storageDir: string): ListedIndex[] {
  return foldersIn(storageDir).flatMap((dir) => {
    const name = basename(dir);
    if (LEFT_FOLDER.test(name)) return foldersIn(dir).map((index) => listed(index, null));
    return FOLDER.test(name) ? indexesIn(dir) : [];
  });
}

function indexesIn(dir: string): ListedIndex[] {
  const folder = notedFolder(dir);
  return foldersIn(dir)
    .filter((index) => INDEX.test(basename(index)) || LEFTOVER.test(basename(index)))
    .map((index) => listed(index, folder));
}

function listed(dir: string, folder: string | null): ListedIndex {
  const identity = readIdentity(dir);
  return {
    dir,
    folder,
    model: identity?.model ?? null,
    bytes: folderBytes(dir),
    // A clock that went back leaves times to come: they say no more than "now".
    usedAt: Math.min(lastUsed(dir), Date.now()),
    identity,
    isLeftover: !INDEX.test(basename(dir)) || LEFT_FOLDER.test(basename(join(dir, '..'))),
  };
}

function foldersIn(dir: string): string[] {
  let entries: Dirent[] = [];
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch {
    // No storage yet, or none that can be read: nothing to list.
    return [];
  }
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(dir, name));
}
