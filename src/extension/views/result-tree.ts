/** The last answer as a tree: files by their best hit, the hits of a file by rank; or the hits alone. Pure. */
import type { FolderHit } from '../../service/merge.ts';
import { type AlsoHit, alsoHits, keyOf } from '../hit-identity.ts';

export interface FileNode {
  readonly folder: string;
  readonly path: string;
  readonly hits: readonly FolderHit[];
}

export type ResultNode = FileNode | FolderHit | AlsoHit;

/** `file`: files with their hits below. `rank`: one list. */
export type ResultOrder = 'file' | 'rank';

/** The same for the same place in the next answer. */
export function idOf(node: ResultNode): string {
  if ('hits' in node) return `${node.folder}\0${node.path}`;
  return 'under' in node ? `${keyOf(node.under)}\0${keyOf(node)}` : keyOf(node);
}

/** `hits` as ranked. */
export function groupByFile(hits: readonly FolderHit[]): readonly FileNode[] {
  const groups = Map.groupBy(hits, ({ folder, path }) => `${folder}\0${path}`);
  return [...groups.values()].map((group) => ({ folder: group[0]!.folder, path: group[0]!.path, hits: group }));
}

/** The ids that go when `node` is dismissed: a file's are those of its hits. */
export function dismissedBy(node: ResultNode): readonly string[] {
  return 'hits' in node ? node.hits.map(idOf) : [idOf(node)];
}

/** `hits` but for those whose ids are `dismissed`, and without what of the rest is dismissed for itself. */
export function withoutDismissed(hits: readonly FolderHit[], dismissed: ReadonlySet<string>): readonly FolderHit[] {
  if (dismissed.size === 0) return hits;
  return hits.filter((hit) => !dismissed.has(idOf(hit))).map((hit) => withoutDismissedCopies(hit, dismissed));
}

function withoutDismissedCopies(hit: FolderHit, dismissed: ReadonlySet<string>): FolderHit {
  const also = hit.also?.filter((_, at) => !dismissed.has(idOf(alsoHits(hit)[at]!)));
  if (!also || also.length === hit.also?.length) return hit;
  const { also: _, ...rest } = hit;
  return also.length === 0 ? rest : { ...rest, also };
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
