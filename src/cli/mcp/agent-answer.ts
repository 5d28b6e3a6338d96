/** The hits of one or several folders as one ranked answer for a model, their code read from the files as they are now. */
import { join } from 'node:path';
import { excerptOf } from '../../core/agents/excerpt.ts';
import type { AgentHit } from '../../core/agents/render.ts';
import { sameAs } from '../../core/agents/same.ts';
import { withoutNested } from '../../core/nested-folders.ts';
import { comparable, type Scale } from '../../core/ranking/across-folders.ts';
import type { Hit } from '../../engine/api/search.ts';
import { readSource } from '../../engine/walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../../engine/walk/walk.ts';

/** What one folder found. */
export interface Found {
  readonly folder: string;
  readonly hits: readonly Hit[];
  /** Whether its index covers its files. */
  readonly complete: boolean;
  readonly scale?: Scale | undefined;
}

/** `absolute`: paths tell the folder, as they must where there are several. */
export async function agentHits(
  found: readonly Found[],
  limit: number,
  absolute: boolean,
): Promise<readonly AgentHit[]> {
  const hits = comparable(
    found.map(({ folder, hits, scale }) => ({ hits: hits.map((hit) => ({ ...hit, folder })), scale })),
  );
  const complete = found.flatMap((each) => (each.complete ? [each.folder] : []));
  const ranked = withoutNested(hits, complete).sort((a, b) => b.score - a.score);
  return Promise.all(ranked.slice(0, limit).map((hit) => agentHit(hit, absolute)));
}

async function agentHit(hit: Hit & { readonly folder: string }, absolute: boolean): Promise<AgentHit> {
  const { folder, startLine, endLine, name, kind, language, score } = hit;
  const source = await readSource(folder, hit.path, DEFAULT_MAX_FILE_BYTES);
  const code = 'skip' in source ? null : excerptOf(source.text, hit);
  const pathOf = (path: string): string => (absolute ? join(folder, path).replaceAll('\\', '/') : path);
  const place = { path: pathOf(hit.path), startLine, endLine, name, kind, language, score };
  return { ...place, ...sameAs(hit.also, pathOf), code, linesLeftOut: 0 };
}
