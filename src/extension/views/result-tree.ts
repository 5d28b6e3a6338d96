/** The last answer as a tree: files by their best hit, the hits of a file by rank. Pure. */
import type { FolderHit } from '../../service/merge.ts';

export interface FileNode {
  readonly folder: string;
  readonly path: string;
  readonly hits: readonly FolderHit[];
}

/** What another hit stands for too. */
export interface AlsoHit extends FolderHit {
  readonly under: FolderHit;
}

/** What a hit stands for besides itself, as hits that open; kind, language and evidence are those of the hit. */
export function alsoHits(hit: FolderHit): readonly AlsoHit[] {
  const { also = [], ...rest } = hit;
  return also.map((same) => ({ ...rest, ...same, preview: '', under: hit }));
}

/** `hits` as ranked. */
export function groupByFile(hits: readonly FolderHit[]): readonly FileNode[] {
  const groups = Map.groupBy(hits, ({ folder, path }) => `${folder}\0${path}`);
  return [...groups.values()].map((group) => ({ folder: group[0]!.folder, path: group[0]!.path, hits: group }));
}

/** Where the words of the question stand in `text`, as the tree highlights them: sorted, without overlaps. */
export function highlightsIn(text: string, words: readonly string[]): [number, number][] {
  const lower = text.toLowerCase();
  const found = words
    .flatMap((word) => occurrences(lower, word.toLowerCase()))
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const apart: [number, number][] = [];
  for (const [start, end] of found) {
    const last = apart.at(-1);
    if (!last || start >= last[1]) apart.push([start, end]);
    else last[1] = Math.max(last[1], end);
  }
  return apart;
}

function occurrences(text: string, word: string): [number, number][] {
  const found: [number, number][] = [];
  if (word === '') return found;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    found.push([at, at + word.length]);
  return found;
}
