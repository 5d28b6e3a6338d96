/**
 * A graph's links as one file beside the segment whose rows they join. Derived data: whatever is wrong with the file, it is
 * not used, and made anew.
 */
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { decodeDifferences, encodeDifferences } from '../byte-list.ts';
import type { Level, Links } from './links.ts';

const MAGIC = 'KGRAPH02';
const DIGEST_BYTES = 20;
/** Magic, digest of all that follows, length of the header. */
const START_BYTES = MAGIC.length + DIGEST_BYTES + 4;

interface Header {
  readonly entries: readonly number[];
  /** Of the vectors that the graph belongs to. */
  readonly vectors: string;
  readonly levels: readonly LevelHeader[];
}

interface LevelHeader {
  readonly rows: number;
  readonly near: number;
  /** Lengths in bytes of the level's three lists. */
  readonly bytes: readonly number[];
}

/** The file is complete under its name or not there. Rejects with what the system says. */
export async function saveGraph(links: Links, path: string, vectors: Int8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, encodeGraph(links, vectors));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Null unless the file is as it was written, and over `vectors`. */
export async function loadGraph(path: string, vectors: Int8Array): Promise<Links | null> {
  try {
    return decodeGraph(await readFile(path), vectors);
  } catch {
    return null;
  }
}

/** What cannot go is not used. */
export async function removeGraph(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

function encodeGraph({ entries, levels }: Links, vectors: Int8Array): Uint8Array[] {
  const lists = levels.map(({ rows, starts, near }) => [rows, starts, near].map(encodeDifferences));
  const header: Header = {
    entries,
    vectors: digest([vectors]).toString('hex'),
    levels: levels.map(({ rows, near }, level) => ({
      rows: rows.length,
      near: near.length,
      bytes: lists[level]!.map(({ length }) => length),
    })),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUint32LE(json.length);
  const rest = [length, json, ...lists.flat()];
  return [Buffer.from(MAGIC), digest(rest), ...rest];
}

function decodeGraph(file: Buffer, vectors: Int8Array): Links | null {
  const written = file.subarray(MAGIC.length, MAGIC.length + DIGEST_BYTES);
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) return null;
  if (!digest([file.subarray(MAGIC.length + DIGEST_BYTES)]).equals(written)) return null;
  let at = START_BYTES + file.readUint32LE(START_BYTES - 4);
  const header = JSON.parse(file.toString('utf8', START_BYTES, at)) as Header;
  if (header.vectors !== digest([vectors]).toString('hex')) return null;
  const next = (length: number): Uint8Array => {
    at += length;
    return file.subarray(at - length, at);
  };
  const levels = header.levels.map(
    ({ rows, near, bytes }): Level => ({
      rows: decodeDifferences(next(bytes[0]!), new Uint32Array(rows)),
      starts: decodeDifferences(next(bytes[1]!), new Uint32Array(rows + 1)),
      near: decodeDifferences(next(bytes[2]!), new Uint32Array(near)),
    }),
  );
  return { entries: header.entries, levels };
}

function digest(pieces: readonly (Uint8Array | Int8Array)[]): Buffer {
  const hash = createHash('sha1');
  for (const { buffer, byteOffset, byteLength } of pieces) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest();
}
