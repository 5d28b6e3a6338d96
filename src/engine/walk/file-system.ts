/**
 * The few calls that walking makes to the file system, so that tests can fail any of them. Nothing here follows a
 * symbolic link, and nothing is opened that is not a regular file.
 */
import { closeSync, constants, type Dirent, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';

export type EntryKind = 'file' | 'folder' | 'symbolic link' | 'FIFO' | 'socket' | 'device';

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

export interface EntryStat {
  readonly kind: EntryKind;
  readonly size: number;
  readonly mtimeMs: number;
  /** Of the last change of any kind: no program can set it. */
  readonly ctimeMs: number;
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

/** Those that Node has no name for are numbers (a stale network share, a file that only the cloud has) or, on Windows, `UNKNOWN`. */
const SYSTEM_ERROR = /^(?:E[A-Z0-9_]+|UNKNOWN|Unknown system error -?\d+)$/;

/** The code of a system error such as `EACCES`, or of Node's own refusal of a path; anything else is thrown on. */
export function errnoOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== 'string' || !SYSTEM_ERROR.test(code)) throw error;
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

async function stat(path: string): Promise<EntryStat> {
  const stats = await lstat(path);
  return { kind: kindOf(stats), size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs };
}

/**
 * Synchronous: six trips to the thread pool for each small file made reading eight times as slow. Opened non-blocking,
 * so that a FIFO put in a file's place cannot hang the run.
 */
async function read(path: string, maxBytes: number, followLink = false): Promise<Buffer | Unread> {
  const noFollow = followLink ? 0 : (constants.O_NOFOLLOW ?? 0);
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | noFollow);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > maxBytes) return { kind: kindOf(stats), size: stats.size };
    const buffer = Buffer.allocUnsafe(stats.size);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count) {
      count = readSync(file, buffer, length, buffer.length - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function kindOf(entry: Dirent | Stats): EntryKind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'symbolic link';
  if (entry.isFIFO()) return 'FIFO';
  return entry.isSocket() ? 'socket' : 'device';
}
