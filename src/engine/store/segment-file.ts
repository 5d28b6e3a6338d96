/**
 * A segment as one file, so that a warm start reads it in one piece and parses nothing. Derived from the database: a file
 * that is missing, cut, foreign or of another generation is simply not used.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { storeError } from './database.ts';
import type { Segment } from './segment.ts';

const MAGIC = 'KSEG0001';
/** Sections start at multiples of this, so that typed arrays can lie on the bytes. */
const ALIGNMENT = 8;

interface Header {
  readonly rows: number;
  readonly dimensions: number;
  readonly sections: readonly { readonly name: string; readonly offset: number; readonly bytes: number }[];
}

const TYPES = {
  ids: Uint32Array,
  fileIds: Uint32Array,
  kinds: Uint8Array,
  vectors: Int8Array,
  terms: Uint32Array,
  starts: Uint32Array,
  postingRows: Uint32Array,
  postingCounts: Uint32Array,
  fieldLengths: Uint16Array,
} as const;

const SUFFIX = '.seg';

/**
 * Returns the file's name: `stem` and the checksum of what is in it, so that whoever knows the name takes no other file for
 * it. The file is complete under its name or not there: it is written beside and renamed. Rejects with `index-write-failed`.
 */
export async function saveSegment(dir: string, stem: string, segment: Segment): Promise<string> {
  const pieces = [...encodeSegment(segment)];
  const name = `${stem}-${hex(checksumIn(pieces[0]!))}${SUFFIX}`;
  const partial = join(dir, `${name}.partial`);
  try {
    await writeFile(partial, pieces);
    await rename(partial, join(dir, name));
    return name;
  } catch (error) {
    // Where the disk is full, every byte helps.
    await rm(partial, { force: true }).catch(() => undefined);
    throw storeError(error);
  }
}

/** Null when there is no usable file. */
export async function loadSegment(path: string, dimensions: number): Promise<Segment | null> {
  try {
    const file = await readFile(path);
    return path.endsWith(`-${hex(checksumIn(file))}${SUFFIX}`) ? decodeSegment(file, dimensions) : null;
  } catch {
    return null;
  }
}

/** Layout: magic, length of the header, CRC of all that follows, header as JSON, sections; in pieces, to copy nothing. */
export function* encodeSegment(segment: Segment): Generator<Uint8Array> {
  const { postings, rows, dimensions } = segment;
  const arrays = { ...segment, ...postings };
  let offset = 0;
  const views = Object.keys(TYPES).map((name) => ({ name, view: bytesOf(arrays[name as keyof typeof TYPES]) }));
  const sections = views.map(({ name, view }) => {
    const section = { name, offset, bytes: view.length };
    offset = align(offset + view.length);
    return section;
  });
  const header = padded(new TextEncoder().encode(JSON.stringify({ rows, dimensions, sections } satisfies Header)));
  const pieces = [header, ...views.flatMap(({ view }) => [view, new Uint8Array(align(view.length) - view.length)])];
  const start = new Uint8Array(16);
  start.set(new TextEncoder().encode(MAGIC));
  const numbers = new DataView(start.buffer);
  numbers.setUint32(8, header.length, true);
  numbers.setUint32(
    12,
    pieces.reduce((crc, piece) => crc32(piece, crc), 0),
    true,
  );
  yield start;
  yield* pieces;
}

export function decodeSegment(file: Uint8Array, dimensions: number): Segment | null {
  const bytes = file.byteOffset % ALIGNMENT === 0 ? file : file.slice();
  if (bytes.length < 16 || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) return null;
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const headerBytes = numbers.getUint32(8, true);
  if (numbers.getUint32(12, true) !== crc32(bytes.subarray(16))) return null;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + headerBytes))) as Header;
  if (header.dimensions !== dimensions) return null;
  const start = bytes.byteOffset + align(16 + headerBytes);
  const array = <Name extends keyof typeof TYPES>(name: Name): InstanceType<(typeof TYPES)[Name]> => {
    const section = header.sections.find((candidate) => candidate.name === name)!;
    const Type = TYPES[name];
    return new Type(
      bytes.buffer as ArrayBuffer,
      start + section.offset,
      section.bytes / Type.BYTES_PER_ELEMENT,
    ) as InstanceType<(typeof TYPES)[Name]>;
  };
  return {
    rows: header.rows,
    dimensions,
    ids: array('ids'),
    fileIds: array('fileIds'),
    kinds: array('kinds'),
    vectors: array('vectors'),
    postings: {
      rows: header.rows,
      terms: array('terms'),
      starts: array('starts'),
      postingRows: array('postingRows'),
      postingCounts: array('postingCounts'),
      fieldLengths: array('fieldLengths'),
    },
  };
}

/** As the file itself says. */
const checksumIn = ({ buffer, byteOffset, length }: Uint8Array): number =>
  new DataView(buffer, byteOffset, length).getUint32(12, true);

const hex = (checksum: number): string => checksum.toString(16).padStart(8, '0');

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** JSON ends where its blanks begin. */
function padded(json: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(align(json.length)).fill(0x20);
  bytes.set(json);
  return bytes;
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
