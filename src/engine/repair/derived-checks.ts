/** Looks at what is made of the database and can be made again: the base segment and the graph. Wrong ones are removed. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyCheck } from '../api/repair.ts';
import type { Segment } from '../store/segment.ts';
import { loadSegment } from '../store/segment-file.ts';
import type { Store } from '../store/store.ts';
import { loadGraph } from '../vectors/graph-file.ts';

export async function checkDerived(store: Store, dimensions: number): Promise<VerifyCheck[]> {
  const base = store.baseFile();
  if (!base) return [];
  const path = join(store.dir, base);
  const segment = await loadSegment(path, dimensions, {
    read: (...asked) => store.rows.readVectors(...asked),
    allocate: (rows) => new Int8Array(rows * dimensions),
  });
  // Another process may have written a newer one meanwhile.
  if (!segment && store.baseFile() !== base) return checkDerived(store, dimensions);
  const graph = existsSync(`${path}.graph`) ? [await checkGraph(`${path}.graph`, segment)] : [];
  return [segmentCheck(path, segment), ...graph];
}

function segmentCheck(path: string, segment: Segment | null): VerifyCheck {
  const checked = `the file of postings, and the vectors that belong to it:${segment ? ` of ${segment.rows.toLocaleString('en')} functions` : ''}`;
  if (segment) return { area: 'segment', checked, problems: [] };
  const what = existsSync(path) ? 'is not as it was written' : 'is missing';
  remove(path);
  return { area: 'segment', checked, problems: [`The file ${what}. The database holds all that was in it.`] };
}

async function checkGraph(path: string, segment: Segment | null): Promise<VerifyCheck> {
  const checked = 'the graph over the vectors';
  if (segment && (await loadGraph(path, segment.vectors))) return { area: 'graph', checked, problems: [] };
  remove(path);
  return { area: 'graph', checked, problems: ['It is not as it was written, and is built anew.'] };
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // A wrong one is not used wherever it is read.
    return;
  }
}
