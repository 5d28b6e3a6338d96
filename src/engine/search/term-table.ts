/**
 * The table of words that code has for a question's words, as training writes it and as the build packs it into `dist/`:
 * for each code word the query words that call for it. In both forms it is laid out in arrays, since to lay out all hundred
 * thousand pairs as values takes longer than all else that a start reads.
 */
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { packWords, type WordTable } from '../../core/text/word-table.ts';
import { arraysOfWords, encodePacked, type PackedArray, readPacked, sourceDigest, wordsAmong } from '../packed-file.ts';

const FORMAT = 'kenning-terms-1';
/** The whole in one piece: zlib's own are of 16 kB, and each waits for its turn. */
const CHUNK_BYTES = 2 ** 21;

/** As `training/` writes it: for each code word, places of query words and probabilities in thousandths, in turn. */
interface TermJson {
  readonly format: string;
  readonly queryWords: readonly string[];
  readonly codeWords: readonly string[];
  readonly terms: readonly (readonly number[])[];
}

export interface TermTable {
  readonly queryWords: WordTable;
  readonly codeWords: WordTable;
  /** Code words by their places, ascending, that the query word at `place` calls for. */
  rowsOf(place: number): Uint32Array;
  /** Of the code word at `row`: places of query words and probabilities in thousandths, in turn. */
  pairsOf(row: number): Uint32Array;
}

/** Null where `file` is missing or is of another format. `packed`: what the build has made of it; may be missing. */
export async function readTermTable(file: string, packed: string | null): Promise<TermTable | null> {
  try {
    const bytes = await readFile(file);
    const ready = packed && (await readPacked<null>(packed, sourceDigest(bytes)));
    return tableOf(ready ? ready.arrays : await arraysOf(bytes));
  } catch {
    return null;
  }
}

/** `bytes`: of the file as it ships. Rejects for one of another format. */
export async function packTermTable(bytes: Uint8Array): Promise<Uint8Array> {
  return encodePacked(sourceDigest(bytes), { facts: null, arrays: await arraysOf(bytes) });
}

async function arraysOf(bytes: Uint8Array): Promise<readonly PackedArray[]> {
  const text = await promisify(gunzip)(bytes, { chunkSize: CHUNK_BYTES });
  const { format, queryWords, codeWords, terms } = JSON.parse(text.toString('utf8')) as TermJson;
  if (format !== FORMAT) throw new RangeError(`The table of terms is of another format: ${format}.`);
  const ends = new Uint32Array(terms.length);
  terms.forEach((pairs, row) => {
    ends[row] = (row > 0 ? ends[row - 1]! : 0) + pairs.length;
  });
  const [words, codes] = [packWords(queryWords), packWords(codeWords)];
  const { starts, rows } = rowsByQueryWord(terms, queryWords.length);
  return [...arraysOfWords(words), ...arraysOfWords(codes), ends, Uint32Array.from(terms.flat()), starts, rows];
}

/** Where each query word's rows start in `rows`, and at the end their number. */
function rowsByQueryWord(terms: TermJson['terms'], words: number): { starts: Uint32Array; rows: Uint32Array } {
  const starts = new Uint32Array(words + 1);
  for (const pairs of terms) for (let i = 0; i + 1 < pairs.length; i += 2) starts[pairs[i]! + 1]!++;
  for (let place = 0; place < words; place++) starts[place + 1]! += starts[place]!;
  const next = starts.slice();
  const rows = new Uint32Array(starts[words]!);
  terms.forEach((pairs, row) => {
    for (let i = 0; i + 1 < pairs.length; i += 2) rows[next[pairs[i]!]!++] = row;
  });
  return { starts, rows };
}

function tableOf(arrays: readonly PackedArray[]): TermTable {
  const [ends, pairs, starts, rows] = arrays.slice(6) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  return {
    queryWords: wordsAmong(arrays),
    codeWords: wordsAmong(arrays.slice(3)),
    rowsOf: (place) => rows.subarray(starts[place], starts[place + 1]),
    pairsOf: (row) => pairs.subarray(row > 0 ? ends[row - 1] : 0, ends[row]),
  };
}
