/**
 * Refined vectors by the hash of the text that they are of, over all folders: another worktree, or a branch that comes back,
 * costs no second run of the refiner. It holds no text and knows nothing of files. Whatever goes wrong with it, it has
 * nothing.
 */
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { isDamage } from '../store/database.ts';
import { asInt8 } from '../vectors/quantise.ts';
import { cachePath, openCacheFile, removeCacheFile } from './cache-file.ts';

/** Some 180,000 vectors of 256 dimensions. */
const MOST_BYTES = 64_000_000;
/** When there are too many, this share goes at once. */
const EVICTED_SHARE = 0.1;
/** A use is written down again only after this time: most reading then writes nothing. */
const USE_MS = 3_600_000;

export interface CacheOptions {
  readonly storageDir: string;
  /** The refiner's. */
  readonly fingerprint: string;
  readonly dimensions: number;
  /** What the file may take. */
  readonly mostBytes?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

export interface CachedVector {
  readonly contentHash: string;
  readonly vector: Int8Array;
}

interface Row {
  readonly hash: string;
  readonly vector: Uint8Array;
  readonly used: number;
  readonly vector_check: number;
}

export class RefinedCache {
  readonly #options: CacheOptions;
  readonly #path: string;
  /** Undefined before the first use; null where there is none to be had. */
  #database: DatabaseSync | null | undefined;

  constructor(options: CacheOptions) {
    this.#options = options;
    this.#path = cachePath(options.storageDir, options.fingerprint);
  }

  /** Content hash → vector, of those that are there. */
  get(hashes: readonly string[]): Map<string, Int8Array> {
    const found = new Map<string, Int8Array>();
    if (hashes.length === 0) return found;
    this.#attempt((database) => {
      const sql = `SELECT content_hash AS hash, vector, used, vector_check
        FROM json_each(?) asked JOIN vectors ON content_hash = asked.value`;
      const rows = database.prepare(sql).all(JSON.stringify(hashes)) as unknown as Row[];
      const sound = rows.filter((row) => this.#isSound(row));
      for (const { hash, vector } of sound) found.set(hash, asInt8(vector));
      this.#markUsed(database, sound);
    });
    return found;
  }

  put(entries: readonly CachedVector[]): void {
    this.#attempt((database) => {
      const now = this.#now();
      const add = database.prepare(
        'INSERT OR REPLACE INTO vectors (content_hash, vector, used, vector_check) VALUES (?, ?, ?, ?)',
      );
      transact(database, () => {
        for (const { contentHash, vector } of entries) add.run(contentHash, vector, now, checkOf(contentHash, vector));
      });
      this.#evict(database);
    });
  }

  close(): void {
    this.#attempt((database) => database.close());
    this.#database = null;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #isSound({ hash, vector, vector_check }: Row): boolean {
    return vector.length === this.#options.dimensions && checkOf(hash, vector) === vector_check;
  }

  #markUsed(database: DatabaseSync, rows: readonly Row[]): void {
    const now = this.#now();
    // A clock that went back leaves uses to come.
    const due = rows.filter(({ used }) => Math.abs(now - used) > USE_MS).map(({ hash }) => hash);
    if (due.length === 0) return;
    const sql = 'UPDATE vectors SET used = ? WHERE content_hash IN (SELECT value FROM json_each(?))';
    database.prepare(sql).run(now, JSON.stringify(due));
  }

  #evict(database: DatabaseSync): void {
    const { bytes } = database
      .prepare(`SELECT (page_count - freelist_count) * page_size AS bytes
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size`)
      .get() as { bytes: number };
    if (bytes <= (this.#options.mostBytes ?? MOST_BYTES)) return;
    database
      .prepare(`DELETE FROM vectors WHERE content_hash IN (SELECT content_hash FROM vectors ORDER BY used
        LIMIT (SELECT 1 + CAST(count(*) * ? AS INTEGER) FROM vectors))`)
      .run(EVICTED_SHARE);
  }

  #attempt(work: (database: DatabaseSync) => void): void {
    if (this.#database === undefined) this.#database = openCacheFile(this.#path, this.#options.fingerprint);
    if (!this.#database) return;
    try {
      work(this.#database);
    } catch (error) {
      if (isDamage(error)) this.#begin();
    }
  }

  /** Anew: what is broken is worth nothing. */
  #begin(): void {
    try {
      this.#database?.close();
      removeCacheFile(this.#path);
      this.#database = openCacheFile(this.#path, this.#options.fingerprint);
    } catch {
      this.#database = null;
    }
  }
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** SQLite keeps a signed number of this size in four bytes. */
const checkOf = (hash: string, vector: Uint8Array | Int8Array): number => crc32(vector, crc32(hash)) | 0;
