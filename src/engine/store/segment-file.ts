/**
 * A segment as one file, so that a warm start reads it in one piece and sorts nothing. It holds no vectors, which the
 * database has, but their checksum. Derived from the database: a file that is missing, cut, foreign or of another
 * generation is simply not used.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readingPostings } from '../../core/lexical/encoded-postings.ts';
import { FIELD_COUNT } from '../../core/lexical/fields.ts';
import type { EncodedPostings } from '../../core/lexical/postings.ts';
import { decodeDifferences, encodeDifferences } from '../byte-list.ts';
import { storeError } from './database.ts';
import type { BaseSegment, Segment } from './segment.ts';

const MAGIC = 'KSEG0002';
/** Magic, length of the header, checksum of all that follows. */
const START_BYTES = 16;

/** In the order in which they lie in the file. */
const SECTIONS = ['ids', 'fileIds', 'kinds', 'terms', 'starts', 'ends', 'postings', 'fieldLengths'] as const;

type Sections = Readonly<Record<(typeof SECTIONS)[number], Uint8Array>>;

interface Header {
  readonly rows: number;
  readonly dimensions: number;
  readonly terms: number;
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
    const file = await readFile(path);
    if (!path.endsWith(`-${hex(checksumIn(file))}${SUFFIX}`)) return null;
    return decodeSegment(file, dimensions, source);
  } catch {
    return null;
  }
}

/** In pieces, to copy nothing. */
function encodeSegment(segment: BaseSegment): Uint8Array[] {
  const { rows, dimensions, postings } = segment;
  const sections = sectionsOf(segment);
  const header: Header = {
    rows,
    dimensions,
    terms: postings.terms.length,
    vectors: crc32(segment.vectors),
    sections: SECTIONS.map((name) => sections[name].length),
  };
  const pieces = [new TextEncoder().encode(JSON.stringify(header)), ...SECTIONS.map((name) => sections[name])];
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
    ids: encodeDifferences(ids),
    fileIds: encodeDifferences(fileIds),
    kinds,
    terms: encodeDifferences(terms),
    starts: encodeDifferences(starts),
    ends: encodeDifferences(ends),
    postings: bytes,
    fieldLengths: encodeDifferences(fieldLengths),
  };
}

function decodeSegment(file: Uint8Array, dimensions: number, { read, allocate }: VectorSource): Segment | null {
  if (file.length < START_BYTES || new TextDecoder().decode(file.subarray(0, 8)) !== MAGIC) return null;
  if (checksumIn(file) !== crc32(file.subarray(START_BYTES))) return null;
  const { header, sections } = readSections(file);
  if (header.dimensions !== dimensions) return null;
  const { rows } = header;
  const ids = decodeDifferences(sections.ids, new Uint32Array(rows));
  const vectors = allocate(rows);
  if (!read(ids.at(-1) ?? 0, vectors) || crc32(vectors) !== header.vectors) return null;
  return {
    rows,
    dimensions,
    ids,
    fileIds: decodeDifferences(sections.fileIds, new Uint32Array(rows)),
    kinds: new Uint8Array(sections.kinds),
    vectors,
    postings: readingPostings(encodedIn(header, sections)),
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

function encodedIn({ rows, terms }: Header, sections: Sections): EncodedPostings {
  return {
    rows,
    terms: decodeDifferences(sections.terms, new Uint32Array(terms)),
    starts: decodeDifferences(sections.starts, new Uint32Array(terms + 1)),
    ends: decodeDifferences(sections.ends, new Uint32Array(terms)),
    bytes: new Uint8Array(sections.postings),
    fieldLengths: decodeDifferences(sections.fieldLengths, new Uint16Array(rows * FIELD_COUNT)),
  };
}

/** As the file itself says. */
const checksumIn = ({ buffer, byteOffset, length }: Uint8Array): number =>
  new DataView(buffer, byteOffset, length).getUint32(12, true);

const hex = (checksum: number): string => checksum.toString(16).padStart(8, '0');
