/**
 * The exact index: int8 vectors in WebAssembly memory, all compared with the query. The oracle of every other index, and
 * what answers where none is built. Where SIMD is missing the same sums are made in JavaScript.
 */
import { readFile } from 'node:fs/promises';
import { compileOptimised } from '../wasm-compilation.ts';
import { quantise } from './quantise.ts';

export interface Scan {
  readonly rows: number;
  readonly dimensions: number;
  /** rows × dimensions, read-only. */
  readonly vectors: Int8Array;
  /** One score a row, cosine × 127²; valid until the next call. `gone`: 1 for rows that may have any score. */
  scores(query: Float32Array, gone?: Uint8Array): Int32Array;
  /** Row → what `scores` says of it, for a few rows; valid until the next call of either. */
  compare(query: Float32Array): (row: number) => number;
  /** The same for some rows at once, which waits less for memory; valid as long. */
  compareSome(query: Float32Array): SomeRows;
}

/** `rows` is filled in from the start, then `score` fills `scores` for so many of them. */
export interface SomeRows {
  readonly rows: Uint32Array;
  readonly scores: Int32Array;
  score(count: number): void;
}

/** That are compared at once. */
export const SOME_ROWS = 256;

/**
 * By path. Compiled once in a process: its flags are the process's, and must not change while a thread compiles a grammar,
 * which no thread does before the first folder is open.
 */
const compiled = new Map<string, WebAssembly.Module>();

/** Null where WebAssembly SIMD is missing or the file cannot be read. */
export async function loadScanModule(path: string): Promise<WebAssembly.Module | null> {
  try {
    const bytes = new Uint8Array(await readFile(path));
    const module = compiled.get(path) ?? compileOptimised(bytes);
    compiled.set(path, module);
    return module;
  } catch {
    return null;
  }
}

/** Copies `vectors`, whose length is rows × dimensions. */
export function createScan(module: WebAssembly.Module | null, vectors: Int8Array, dimensions: number): Scan {
  const scan = emptyScan(module, vectors.length / dimensions, dimensions);
  scan.vectors.set(vectors);
  return scan;
}

/** Its `vectors` are to be filled in before it is asked. */
export function emptyScan(module: WebAssembly.Module | null, rows: number, dimensions: number): Scan {
  return module && dimensions % 16 === 0 ? wasmScan(module, rows, dimensions) : plainScan(rows, dimensions);
}

const PAGE_BYTES = 65_536;
/** As many rows are passed over together, or not at all; an even number, see below. */
const BLOCK_ROWS = 32;
/** Below that of any vector. */
const NO_SCORE = -(2 ** 31);

type ScanFunction = (query: number, vectors: number, scores: number, rows: number, dimensions: number) => void;

type OneFunction = (query: number, vector: number, dimensions: number) => number;

type SomeFunction = (
  query: number,
  vectors: number,
  rows: number,
  scores: number,
  count: number,
  dimensions: number,
) => void;

function wasmScan(module: WebAssembly.Module, rows: number, dimensions: number): Scan {
  const { exports } = new WebAssembly.Instance(module);
  const memory = exports.memory as WebAssembly.Memory;
  const scan = exports.scan as ScanFunction;
  const one = exports.one as OneFunction;
  const some = exports.some as SomeFunction;
  // The query in 16 bits, then the vectors, of which the scan takes two at a time, then the scores; some rows, and theirs.
  const even = rows + (rows % 2);
  const vectorsAt = 2 * dimensions;
  const scoresAt = vectorsAt + even * dimensions;
  const someAt = scoresAt + even * 4;
  const someScoresAt = someAt + SOME_ROWS * 4;
  const bytes = someScoresAt + SOME_ROWS * 4;
  memory.grow(Math.max(0, Math.ceil(bytes / PAGE_BYTES) - memory.buffer.byteLength / PAGE_BYTES));
  const query = new Int16Array(memory.buffer, 0, dimensions);
  const vectors = new Int8Array(memory.buffer, vectorsAt, rows * dimensions);
  const scores = new Int32Array(memory.buffer, scoresAt, rows);
  const someRows = new Uint32Array(memory.buffer, someAt, SOME_ROWS);
  const someScores = new Int32Array(memory.buffer, someScoresAt, SOME_ROWS);
  return {
    rows,
    dimensions,
    vectors,
    scores: (vector, gone) => {
      query.set(quantise(vector));
      const scanFrom = (start: number, end: number): void =>
        scan(0, vectorsAt + start * dimensions, scoresAt + start * 4, end - start, dimensions);
      if (!gone) scanFrom(0, even);
      else scanStanding(gone, scores, (start, end) => scanFrom(start, end + (end % 2)));
      return scores;
    },
    compare: (vector) => {
      query.set(quantise(vector));
      return (row) => one(0, vectorsAt + row * dimensions, dimensions);
    },
    compareSome: (vector) => {
      query.set(quantise(vector));
      return {
        rows: someRows,
        scores: someScores,
        score: (count) => some(0, vectorsAt, someAt, someScoresAt, count, dimensions),
      };
    },
  };
}

/** Refining leaves behind whole files of rows that are gone. `scanFrom`: of the rows `[start, end)`. */
function scanStanding(gone: Uint8Array, scores: Int32Array, scanFrom: (start: number, end: number) => void): void {
  let standingFrom = 0;
  for (let start = 0; start < gone.length; start += BLOCK_ROWS) {
    const end = Math.min(gone.length, start + BLOCK_ROWS);
    if (!areGone(gone, start, end)) continue;
    if (standingFrom < start) scanFrom(standingFrom, start);
    scores.fill(NO_SCORE, start, end);
    standingFrom = end;
  }
  if (standingFrom < gone.length) scanFrom(standingFrom, gone.length);
}

function areGone(gone: Uint8Array, start: number, end: number): boolean {
  for (let row = start; row < end; row++) if (gone[row] === 0) return false;
  return true;
}

function plainScan(rows: number, dimensions: number): Scan {
  const vectors = new Int8Array(rows * dimensions);
  const scores = new Int32Array(rows);
  const compare = (vector: Float32Array): ((row: number) => number) => {
    const query = quantise(vector);
    return (row) => {
      let sum = 0;
      for (let i = 0; i < dimensions; i++) sum += query[i]! * vectors[row * dimensions + i]!;
      return sum;
    };
  };
  return {
    rows,
    dimensions,
    vectors,
    scores: (vector) => {
      const score = compare(vector);
      for (let row = 0; row < rows; row++) scores[row] = score(row);
      return scores;
    },
    compare,
    compareSome: (vector) => {
      const score = compare(vector);
      const some = { rows: new Uint32Array(SOME_ROWS), scores: new Int32Array(SOME_ROWS) };
      return {
        ...some,
        score: (count) => {
          for (let i = 0; i < count; i++) some.scores[i] = score(some.rows[i]!);
        },
      };
    },
  };
}
