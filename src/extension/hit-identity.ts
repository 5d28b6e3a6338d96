/** What makes a hit the same one in the next answer, and what it stands for besides itself. Pure. */
import type { FolderHit } from '../service/merge.ts';

/** What another hit stands for too. */
export interface AlsoHit extends FolderHit {
  readonly under: FolderHit;
}

/** Stays the same for the same function in the next answer. */
export const keyOf = ({ folder, path, name, startLine }: FolderHit): string =>
  [folder, path, name, startLine].join('\0');

/** What a hit stands for besides itself, as hits that open; kind, language and evidence are those of the hit. */
export function alsoHits(hit: FolderHit): readonly AlsoHit[] {
  const { also = [], ...rest } = hit;
  return also.map((same) => ({ ...rest, ...same, preview: '', under: hit }));
}
