/**
 * The approximate index: an HNSW graph (hnswlib-node) over one segment's vectors. Optional: its native part may be
 * missing. A saved graph is derived data: whatever is wrong with the file, the answer is null and it is built anew.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { HierarchicalNSW } from 'hnswlib-node';
import { quantise, SCALE } from './quantise.ts';
import type { ScoredRow } from './top.ts';

export type GraphLibrary = typeof HierarchicalNSW;

export interface Graph {
  /** The rows nearest to `query`, best first; scores are the scan's, as cosines. */
  nearest(query: Float32Array, k: number, keep: ((row: number) => boolean) | null): ScoredRow[];
}

const LINKS = 16;
const BUILD_BREADTH = 200;
/** Breadth of a search: measured recall@10 is above 0.98 (`test/engine/vectors`). */
const SEARCH_BREADTH = 200;
/** Rows added between two turns of the event loop. */
const SLICE_ROWS = 64;

/** Null when the native part was not built. */
export function loadGraphLibrary(installDir: string): GraphLibrary | null {
  const addon = join(installDir, 'dist', 'native', 'hnswlib.node');
  if (!existsSync(addon)) return null;
  try {
    return (createRequire(import.meta.url)(addon) as { HierarchicalNSW: GraphLibrary }).HierarchicalNSW;
  } catch {
    return null;
  }
}

/** Yields to the event loop while it works; null when `signal` says to stop. */
export async function buildGraph(
  library: GraphLibrary,
  vectors: Int8Array,
  dimensions: number,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<{ graph: Graph; index: HierarchicalNSW } | null> {
  const rows = vectors.length / dimensions;
  const index = new library('ip', dimensions);
  index.initIndex(Math.max(1, rows), LINKS, BUILD_BREADTH);
  for (let row = 0; row < rows; row++) {
    index.addPoint(floats(vectors, row * dimensions, dimensions), row);
    if (row % SLICE_ROWS !== 0) continue;
    onProgress(row, rows);
    await setImmediate();
    if (signal.aborted) return null;
  }
  return { graph: wrap(index, vectors, dimensions), index };
}

/**
 * The checksum of the vectors that a graph belongs to, and of the graph's own bytes, stand beside it: before it has its
 * name, so that it is never there without them. Two processes that save the same graph at once may leave one that is not
 * sound, which is built anew when it is loaded.
 */
export async function saveGraph(index: HierarchicalNSW, path: string, vectors: Int8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await index.writeIndex(partial);
    const header = { vectors: digest(vectors), graph: digest(await readFile(partial)) };
    await writeFile(`${path}.json`, JSON.stringify(header));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** What cannot go is not used. */
export async function removeGraph(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
  await rm(`${path}.json`, { force: true }).catch(() => undefined);
}

/** Whether a saved graph is as it was written, and over `vectors`. */
export async function isSoundGraph(path: string, vectors: Int8Array): Promise<boolean> {
  try {
    const header = JSON.parse(await readFile(`${path}.json`, 'utf8')) as { vectors: string; graph: string };
    return header.vectors === digest(vectors) && header.graph === digest(await readFile(path));
  } catch {
    return false;
  }
}

export async function loadGraph(
  library: GraphLibrary,
  path: string,
  vectors: Int8Array,
  dimensions: number,
): Promise<Graph | null> {
  try {
    if (!(await isSoundGraph(path, vectors))) return null;
    const index = new library('ip', dimensions);
    await index.readIndex(path);
    return wrap(index, vectors, dimensions);
  } catch {
    return null;
  }
}

/** Asks with the query that the scan compares, rounded as it rounds: else the two would differ where scores nearly tie. */
function wrap(index: HierarchicalNSW, vectors: Int8Array, dimensions: number): Graph {
  const rows = vectors.length / dimensions;
  return {
    nearest: (query, k, keep) => {
      const rounded = quantise(query);
      index.setEf(Math.max(SEARCH_BREADTH, k));
      const { neighbors } = index.searchKnn(floats(rounded, 0, dimensions), Math.min(k, rows), keep ?? undefined);
      const scored = neighbors.map((row) => ({ row, score: dot(rounded, vectors, row * dimensions) / SCALE ** 2 }));
      return scored.sort((a, b) => b.score - a.score || a.row - b.row);
    },
  };
}

function dot(query: Int8Array, vectors: Int8Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * vectors[offset + i]!;
  return sum;
}

function floats(vectors: Int8Array, offset: number, dimensions: number): number[] {
  const row = new Array<number>(dimensions);
  for (let i = 0; i < dimensions; i++) row[i] = vectors[offset + i]! / SCALE;
  return row;
}

function digest(bytes: Uint8Array | Int8Array): string {
  return createHash('sha1')
    .update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .digest('hex');
}
