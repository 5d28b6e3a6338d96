/**
 * What the build makes of a file that ships, so that a start need not read it in full: arrays of numbers, used as they lie.
 * It says what it was made of: one that is missing, damaged or made of something else is not used, and the file itself is read.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type PackedWords, WordTable } from '../core/text/word-table.ts';

const MAGIC = 'KPCK0001';
/** Magic, length of the head, checksum of all that follows. */
const START_BYTES = 16;
/** Each array begins at a multiple of it. */
const ALIGNMENT = 4;

export type PackedArray = Uint16Array | Uint32Array;

export interface Packed<Facts> {
  readonly facts: Facts;
  readonly arrays: readonly PackedArray[];
}

interface Head<Facts> {
  /** What it was made of: SHA-256 in hex. */
  readonly source: string;
  readonly facts: Facts;
  /** Bytes a number, and how many numbers. */
  readonly arrays: readonly (readonly [bytes: number, length: number])[];
}

/** How a table of words stands among the arrays: as the first three. */
export const arraysOfWords = ({ letters, ends, slots }: PackedWords): PackedArray[] => [letters, ends, slots];

export function wordsAmong([letters, ends, slots]: readonly PackedArray[]): WordTable {
  return new WordTable({ letters, ends, slots } as PackedWords);
}

export const sourceDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** `source`: its digest. */
export function encodePacked<Facts>(source: string, { facts, arrays }: Packed<Facts>): Uint8Array {
  const shapes = arrays.map((array) => [array.BYTES_PER_ELEMENT, array.length] as const);
  const head = new TextEncoder().encode(JSON.stringify({ source, facts, arrays: shapes } satisfies Head<Facts>));
  const bodyAt = START_BYTES + aligned(head.length);
  const file = new Uint8Array(bodyAt + arrays.reduce((sum, array) => sum + aligned(array.byteLength), 0));
  file.set(new TextEncoder().encode(MAGIC));
  file.set(head, START_BYTES);
  let at = bodyAt;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    file.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  const numbers = new DataView(file.buffer);
  numbers.setUint32(8, head.length, true);
  numbers.setUint32(12, crc32(file.subarray(START_BYTES)), true);
  return file;
}

/** `source`: the digest of what it must have been made of. Null where there is no such file. */
export async function readPacked<Facts>(path: string, source: string): Promise<Packed<Facts> | null> {
  try {
    return decode(await readFile(path), source);
  } catch {
    return null;
  }
}

function decode<Facts>(file: Uint8Array, source: string): Packed<Facts> | null {
  if (new TextDecoder().decode(file.subarray(0, 8)) !== MAGIC) return null;
  const numbers = new DataView(file.buffer, file.byteOffset, file.length);
  if (crc32(file.subarray(START_BYTES)) !== numbers.getUint32(12, true)) return null;
  const headEnd = START_BYTES + numbers.getUint32(8, true);
  const head = JSON.parse(new TextDecoder().decode(file.subarray(START_BYTES, headEnd))) as Head<Facts>;
  if (head.source !== source) return null;
  let at = START_BYTES + aligned(headEnd - START_BYTES);
  const arrays = head.arrays.map(([bytes, length]) => {
    const start = at;
    at += aligned(bytes * length);
    const Numbers = bytes === Uint16Array.BYTES_PER_ELEMENT ? Uint16Array : Uint32Array;
    return new Numbers(file.buffer as ArrayBuffer, file.byteOffset + start, length);
  });
  return { facts: head.facts, arrays };
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
