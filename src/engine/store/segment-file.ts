/**
 * A segment as one file, so that a warm start reads it in one piece and works on it as it lies there: its numbers are as
 * those in memory. It holds no vectors, which the database has, but their checksum. Derived from the database: a file that
 * is missing, cut, foreign or of another generation is simply not used.
 */
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readingPostings } from '../../core/lexical/encoded-postings.ts';
import type { EncodedPostings } from '../../core/lexical/postings.ts';
import { storeError } from './database.ts';
import type { BaseSegment, Segment } from './segment.ts';

const MAGIC = 'KSEG0003';
/** Magic, length of the header, checksum of all that follows. */
const START_BYTES = 16;

/** Those of larger numbers come first: each begins at a multiple of its numbers' bytes. */
const SECTIONS = ['ids', 'fileIds', 'terms', 'starts', 'ends', 'fieldLengths', 'kinds', 'postings'] as const;
const LARGEST_BYTES = 4;

type Sections = Readonly<Record<(typeof SECTIONS)[number], Uint8Array>>;

interface Header {
  readonly rows: number;
  readonly dimensions: number;
  /** CRC of the vectors, row by row. */
  readonly vectors: number;
  /** Lengths in bytes, in the order of `SECTIONS`. */
  readonly sections: readonly number[];
}

const SUFFIX = '.seg';

/** Fills `target` with the vectors of the rows up to that of the function `last`, by id; false where they are more or fewer. */
export type VectorReader = (last: number, target: Int8Array) => boolean;

export interface VectorSource {
  readonly read: VectorReader;
  /** Where the vectors of so many rows are to lie. */
  readonly allocate: (rows: number) => Int8Array;
}

/**
 * Returns the file's name: `stem` and the checksum of what is in it, so that whoever knows the name takes no other file for
 * it. The file is complete under its name or not there: it is written beside and renamed. Rejects with `index-write-failed`.
 */
export async function saveSegment(dir: string, stem: string, segment: BaseSegment): Promise<string> {
  const pieces = encodeSegment(segment);
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

/** Null when there is no usable file, or other vectors than it was made with. */
export async function loadSegment(path: string, dimensions: number, source: VectorSource): Promise<Segment | null> {
  try {
    const file = await contentOf(path);
    if (!path.endsWith(`-${hex(checksumIn(file))}${SUFFIX}`)) return null;
    return decodeSegment(file, dimensions, source);
  } catch {
    return null;
  }
}

/** At the beginning of memory of its own, where numbers of any size may be read; in one go, which `readFile` would not do. */
async function contentOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    const { bytesRead } = await file.read(bytes);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** In pieces, to copy nothing. */
function encodeSegment(segment: BaseSegment): Uint8Array[] {
  const { rows, dimensions } = segment;
  const sections = sectionsOf(segment);
  const header: Header = {
    rows,
    dimensions,
    vectors: crc32(segment.vectors),
    sections: SECTIONS.map((name) => sections[name].length),
  };
  const text = JSON.stringify(header);
  const aligned = text.padEnd(Math.ceil(text.length / LARGEST_BYTES) * LARGEST_BYTES);
  const pieces = [new TextEncoder().encode(aligned), ...SECTIONS.map((name) => sections[name])];
  const start = new Uint8Array(START_BYTES);
  start.set(new TextEncoder().encode(MAGIC));
  const numbers = new DataView(start.buffer);
  numbers.setUint32(8, pieces[0]!.length, true);
  numbers.setUint32(
    12,
    pieces.reduce((crc, piece) => crc32(piece, crc), 0),
    true,
  );
  return [start, ...pieces];
}

function sectionsOf({ ids, fileIds, kinds, postings }: BaseSegment): Sections {
  const { terms, starts, fieldLengths } = postings;
  const { ends, bytes } = postings.encoded;
  return {
    ids: bytesOf(ids),
    fileIds: bytesOf(fileIds),
    terms: bytesOf(terms),
    starts: bytesOf(starts),
    ends: bytesOf(ends),
    fieldLengths: bytesOf(fieldLengths),
    kinds,
    postings: bytes,
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const uint32View = ({ buffer, byteOffset, length }: Uint8Array): Uint32Array =>
  new Uint32Array(buffer, byteOffset, length / Uint32Array.BYTES_PER_ELEMENT);

const uint16View = ({ buffer, byteOffset, length }: Uint8Array): Uint16Array =>
  new Uint16Array(buffer, byteOffset, length / Uint16Array.BYTES_PER_ELEMENT);

function decodeSegment(file: Uint8Array, dimensions: number, { read, allocate }: VectorSource): Segment | null {
  if (file.length < START_BYTES || new TextDecoder().decode(file.subarray(0, 8)) !== MAGIC) return null;
  if (checksumIn(file) !== crc32(file.subarray(START_BYTES))) return null;
  const { header, sections } = readSections(file);
  if (header.dimensions !== dimensions) return null;
  const { rows } = header;
  const ids = uint32View(sections.ids);
  const vectors = allocate(rows);
  if (!read(ids.at(-1) ?? 0, vectors) || crc32(vectors) !== header.vectors) return null;
  return {
    rows,
    dimensions,
    ids,
    fileIds: uint32View(sections.fileIds),
    kinds: sections.kinds,
    vectors,
    postings: readingPostings(encodedIn(rows, sections)),
  };
}

function readSections(file: Uint8Array): { header: Header; sections: Sections } {
  let at = START_BYTES + new DataView(file.buffer, file.byteOffset).getUint32(8, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(START_BYTES, at))) as Header;
  const entries = SECTIONS.map((name, i) => {
    at += header.sections[i]!;
    return [name, file.subarray(at - header.sections[i]!, at)] as const;
  });
  return { header, sections: Object.fromEntries(entries) as Sections };
}

const encodedIn = (rows: number, sections: Sections): EncodedPostings => ({
  rows,
  terms: uint32View(sections.terms),
  starts: uint32View(sections.starts),
  ends: uint32View(sections.ends),
  bytes: sections.postings,
  fieldLengths: uint16View(sections.fieldLengths),
});

/** As the file itself says. */
const checksumIn = ({ buffer, byteOffset, length }: Uint8Array): number =>
  new DataView(buffer, byteOffset, length).getUint32(12, true);

const hex = (checksum: number): string => checksum.toString(16).padStart(8, '0');
