/**
 * A segment as one file, so that a warm start reads it in one piece and parses nothing. Derived from the database: a file
 * that is missing, cut, foreign or of another generation is simply not used.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
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

/** The file is complete under its name or not there: it is written beside and renamed. */
export async function saveSegment(path: string, segment: Segment): Promise<void> {
  const bytes = encodeSegment(segment);
  const partial = `${path}.partial`;
  await writeFile(partial, bytes);
  await rename(partial, path);
}

/** Null when there is no usable file. */
export async function loadSegment(path: string, dimensions: number): Promise<Segment | null> {
  try {
    return decodeSegment(await readFile(path), dimensions);
  } catch {
    return null;
  }
}

/** Layout: magic, length of the header, CRC of all that follows, header as JSON, sections. */
export function encodeSegment(segment: Segment): Uint8Array {
  const { postings, rows, dimensions } = segment;
  const arrays = { ...segment, ...postings };
  const views = Object.keys(TYPES).map((name) => [name, bytesOf(arrays[name as keyof typeof TYPES])] as const);
  let offset = 0;
  const sections = views.map(([name, view]) => {
    const section = { name, offset, bytes: view.length };
    offset = align(offset + view.length);
    return section;
  });
  const header = new TextEncoder().encode(JSON.stringify({ rows, dimensions, sections } satisfies Header));
  const start = align(16 + header.length);
  const bytes = new Uint8Array(start + offset);
  bytes.set(new TextEncoder().encode(MAGIC));
  bytes.set(header, 16);
  views.forEach(([, view], i) => {
    bytes.set(view, start + sections[i]!.offset);
  });
  const numbers = new DataView(bytes.buffer);
  numbers.setUint32(8, header.length, true);
  numbers.setUint32(12, crc32(bytes.subarray(16)), true);
  return bytes;
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

function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
