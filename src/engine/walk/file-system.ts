/**
 * The few calls that walking makes to the file system, so that tests can fail any of them. Nothing here follows a
 * symbolic link, and nothing is opened that is not a regular file.
 */
import { constants, type Dirent, lstat as lstatCallback, type Stats } from 'node:fs';
import { open, readdir } from 'node:fs/promises';

export type EntryKind = 'file' | 'folder' | 'symbolic link' | 'FIFO' | 'socket' | 'device';

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

export interface EntryStat {
  readonly kind: EntryKind;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Paths are absolute. Every call rejects with the system's error, its `code` set. */
export interface FileSystem {
  list(path: string): Promise<Entry[]>;
  /** Of the link itself when the path is one. */
  stat(path: string): Promise<EntryStat>;
  /** The bytes of a regular file of at most `maxBytes`, or what it is instead. `followLink`: for the user's own settings. */
  read(path: string, maxBytes: number, followLink?: boolean): Promise<Buffer | Unread>;
}

/** Why a path that could be opened was not read. */
export interface Unread {
  readonly kind: EntryKind;
  readonly size: number;
}

export const nodeFileSystem: FileSystem = { list, stat, read };

/** The code of a system error such as `EACCES`, or of Node's own refusal of a path; anything else is thrown on. */
export function errnoOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== 'string' || !/^E[A-Z0-9_]+$/.test(code)) throw error;
  return code;
}

/** The path, or what held it, was removed or replaced after it was seen. */
export function isGone(errno: string): boolean {
  return errno === 'ENOENT' || errno === 'ENOTDIR';
}

async function list(path: string): Promise<Entry[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
}

/** By callback: a third of the time of the promise for each of many small calls. */
function stat(path: string): Promise<EntryStat> {
  return new Promise((resolve, reject) => {
    lstatCallback(path, (error, stats) => {
      if (error) reject(error);
      else resolve({ kind: kindOf(stats), size: stats.size, mtimeMs: stats.mtimeMs });
    });
  });
}

/** Non-blocking, so that a FIFO put in a file's place cannot hang the run. */
async function read(path: string, maxBytes: number, followLink = false): Promise<Buffer | Unread> {
  const noFollow = followLink ? 0 : (constants.O_NOFOLLOW ?? 0);
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | noFollow);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > maxBytes) return { kind: kindOf(stats), size: stats.size };
    // one byte more than it held, to see that it has not grown past the limit meanwhile
    const buffer = Buffer.allocUnsafe(stats.size + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, Math.min(length, stats.size));
  } finally {
    await file.close();
  }
}

function kindOf(entry: Dirent | Stats): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'symbolic link';
  if (entry.isFIFO()) return 'FIFO';
  return entry.isSocket() ? 'socket' : 'device';
}
