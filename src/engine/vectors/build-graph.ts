/**
 * Makes a graph with hnswlib (hnswlib-node), whose native part may be missing. Only its links are kept: hnswlib has a copy of
 * the vectors four times as large as ours, which goes with it.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { HierarchicalNSW } from 'hnswlib-node';
import { joinLinks } from './join-links.ts';
import { type Links, readLinks } from './links.ts';
import { SCALE } from './quantise.ts';

export type GraphLibrary = typeof HierarchicalNSW;

const LINKS = 16;
const BUILD_BREADTH = 200;
/**
 * hnswlib needs 1.2 kB a row while it builds. More rows than this become several graphs, one made after the other: a search
 * in two takes twice a graph's one or two milliseconds, and memory stays below 1.5 GB.
 */
const MOST_ROWS = 300_000;
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

export interface GraphVectors {
  /** rows × dimensions. */
  readonly vectors: Int8Array;
  readonly dimensions: number;
}

/**
 * Yields to the event loop while it works; null when `signal` says to stop. `file`: a path that is free, for hnswlib to write
 * to for a moment. `mostRows`: of one graph. Rejects where that fails.
 */
export async function buildGraph(
  library: GraphLibrary,
  { vectors, dimensions }: GraphVectors,
  file: string,
  signal: AbortSignal,
  mostRows = MOST_ROWS,
): Promise<Links | null> {
  const rows = vectors.length / dimensions;
  const parts = Math.max(1, Math.ceil(rows / mostRows));
  const links: Links[] = [];
  for (let part = 0; part < parts; part++) {
    const [start, end] = [part, part + 1].map((at) => Math.floor((at * rows) / parts)) as [number, number];
    const own = { vectors: vectors.subarray(start * dimensions, end * dimensions), dimensions };
    const built = await buildPart(library, own, file, signal);
    if (!built) return null;
    links.push(built);
  }
  return joinLinks(links);
}

async function buildPart(
  library: GraphLibrary,
  { vectors, dimensions }: GraphVectors,
  file: string,
  signal: AbortSignal,
): Promise<Links | null> {
  const rows = vectors.length / dimensions;
  const index = new library('ip', dimensions);
  index.initIndex(Math.max(1, rows), LINKS, BUILD_BREADTH);
  for (let row = 0; row < rows; row++) {
    index.addPoint(floats(vectors, row * dimensions, dimensions), row);
    if (row % SLICE_ROWS !== 0) continue;
    await setImmediate();
    if (signal.aborted) return null;
  }
  try {
    await index.writeIndex(file);
    // Its copy of the vectors goes now, and not whenever garbage is collected next.
    index.initIndex(1);
    return await readLinks(file);
  } finally {
    await rm(file, { force: true });
  }
}

function floats(vectors: Int8Array, offset: number, dimensions: number): number[] {
  const row = new Array<number>(dimensions);
  for (let i = 0; i < dimensions; i++) row[i] = vectors[offset + i]! / SCALE;
  return row;
}
