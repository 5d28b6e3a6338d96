/**
 * The file of a cache of refined vectors: SQLite, shared by all processes, one for each refiner. Nothing in it is worth an
 * error: a file that is broken goes, and one that cannot be had is done without.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { damage, isDamage, isForeign } from '../store/database.ts';

/** Below the storage of indexes. */
const FOLDER = 'refined';
const HASH_CHARS = 16;
const SUFFIX = '.db';
const CACHE = /^[0-9a-f]{16}\.db$/;
/** Of a database that SQLite has open. */
const PARTS = ['', '-wal', '-shm'];

const cacheFolder = (storageDir: string): string => join(storageDir, FOLDER);

/** `fingerprint`: of the refiner, whose vectors no other's can stand for. */
export function cachePath(storageDir: string, fingerprint: string): string {
  const name = createHash('sha256').update(fingerprint).digest('hex').slice(0, HASH_CHARS);
  return join(cacheFolder(storageDir), `${name}${SUFFIX}`);
}

export interface CacheFile {
  readonly path: string;
  readonly bytes: number;
  /** Of the last writing, in milliseconds since the epoch. */
  readonly usedAt: number;
}

/** The caches of all refiners: whatever else is there is none of ours. */
export function cacheFiles(storageDir: string): CacheFile[] {
  const dir = cacheFolder(storageDir);
  const names = existsSync(dir) ? readdirSync(dir) : [];
  return names
    .filter((name) => CACHE.test(name))
    .map((name) => {
      const path = join(dir, name);
      const parts = PARTS.map((part) => statSync(`${path}${part}`, { throwIfNoEntry: false }));
      const bytes = parts.reduce((sum, stat) => sum + (stat?.size ?? 0), 0);
      return { path, bytes, usedAt: Math.max(...parts.map((stat) => stat?.mtimeMs ?? 0)) };
    });
}

/** As with the index, a kill loses nothing. Nobody waits long: what cannot be had now is computed, or not kept. */
const SETUP = `
  PRAGMA busy_timeout = 100;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS vectors (
    content_hash TEXT PRIMARY KEY, vector BLOB NOT NULL, used INTEGER NOT NULL, vector_check INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS refiner (fingerprint TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/** Null where the system refuses, or another process is at it just now. */
export function openCacheFile(path: string, fingerprint: string): DatabaseSync | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openOnce(path, fingerprint);
  } catch (error) {
    // A full disk breaks no file.
    if (!isDamage(error) && !isForeign(error)) return null;
  }
  try {
    removeCacheFile(path);
    return openOnce(path, fingerprint);
  } catch {
    return null;
  }
}

/** Throws what the system throws. */
export function removeCacheFile(path: string): void {
  for (const part of PARTS) rmSync(`${path}${part}`, { force: true });
}

function openOnce(path: string, fingerprint: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec(SETUP);
    database.prepare('INSERT OR IGNORE INTO refiner (fingerprint) VALUES (?)').run(fingerprint);
    database.prepare('SELECT content_hash, vector, used, vector_check FROM vectors LIMIT 1').get();
    const { n } = database.prepare('SELECT count(*) AS n FROM refiner').get() as { n: number };
    if (n !== 1) throw damage('it is the cache of another refiner');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
