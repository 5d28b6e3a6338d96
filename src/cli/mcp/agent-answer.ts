/** The hits of one or several folders as one ranked answer for a model, their code read from the files as they are now. */
import { join } from 'node:path';
import { excerptOf } from '../../core/agents/excerpt.ts';
import type { AgentHit } from '../../core/agents/render.ts';
import type { Hit } from '../../engine/api/search.ts';
import { readSource } from '../../engine/walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../../engine/walk/walk.ts';

/** What one folder found. */
export interface Found {
  readonly folder: string;
  readonly hits: readonly Hit[];
}

/** Scores are comparable across folders. Paths are absolute where there are several folders. */
export async function agentHits(found: readonly Found[], limit: number): Promise<readonly AgentHit[]> {
  const ranked = found
    .flatMap(({ folder, hits }) => hits.map((hit) => ({ folder, hit })))
    .sort((a, b) => b.hit.score - a.hit.score)
    .slice(0, limit);
  return Promise.all(ranked.map(({ folder, hit }) => agentHit(folder, hit, found.length > 1)));
}

async function agentHit(folder: string, hit: Hit, absolute: boolean): Promise<AgentHit> {
  const { startLine, endLine, name, kind, language, score } = hit;
  const source = await readSource(folder, hit.path, DEFAULT_MAX_FILE_BYTES);
  const code = 'skip' in source ? null : excerptOf(source.text, hit);
  const path = absolute ? join(folder, hit.path).replaceAll('\\', '/') : hit.path;
  return { path, startLine, endLine, name, kind, language, score, code, linesLeftOut: 0 };
}
