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
import { type Links, readLinks } from './links.ts';
import { SCALE } from './quantise.ts';

export type GraphLibrary = typeof HierarchicalNSW;

const LINKS = 16;
const BUILD_BREADTH = 200;
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
 * to for a moment. Rejects where that fails.
 */
export async function buildGraph(
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
