/** What is in a VSIX, by the zip's central directory. */
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const DEFLATED = 8;

export interface VsixEntry {
  readonly name: string;
  /** Unpacked. */
  readonly bytes: number;
}

export interface VsixFile extends VsixEntry {
  readonly content: Buffer;
}

export function listVsix(file: string): readonly VsixEntry[] {
  return entriesOf(file, readFileSync(file));
}

/** In the order of the package. */
export function* readVsix(file: string): Generator<VsixFile> {
  const zip = readFileSync(file);
  for (const { name, bytes, method, packedBytes, at } of entriesOf(file, zip)) {
    // The entry's own header has a length of extra fields that may be another one than the directory's.
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    const packed = zip.subarray(start, start + packedBytes);
    yield { name, bytes, content: method === DEFLATED ? inflateRawSync(packed) : packed };
  }
}

interface ZipEntry extends VsixEntry {
  readonly method: number;
  readonly packedBytes: number;
  /** Of the entry's own header. */
  readonly at: number;
}

function entriesOf(file: string, zip: Buffer): readonly ZipEntry[] {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END) end--;
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error(`${file}: no entry at ${at}`);
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      bytes: zip.readUInt32LE(at + 24),
      method: zip.readUInt16LE(at + 10),
      packedBytes: zip.readUInt32LE(at + 20),
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
