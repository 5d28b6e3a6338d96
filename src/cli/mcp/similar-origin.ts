/** What `find_similar` starts from: the function at a place in one of the folders, or a text from nowhere. */
import { resolve } from 'node:path';
import type { SimilarInput } from '../../core/agents/input.ts';
import { KenningError } from '../../core/errors.ts';
import { innermost } from '../../core/functions/innermost.ts';
import { sourceLines } from '../../core/functions/source-lines.ts';
import { askedOf } from '../../core/nested-folders.ts';
import type { SimilarRequest } from '../../engine/api/search.ts';
import { relativePath } from '../../engine/walk/locate.ts';
import { readSource } from '../../engine/walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../../engine/walk/walk.ts';
import type { AgentFolder } from './agent-folder.ts';

/** The request to each folder. */
export type RequestTo = (folder: string) => SimilarRequest;

interface Opened {
  readonly folder: AgentFolder;
  /** Relative to it, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Throws `KenningError` with code `usage` where the input names no code. */
export async function similarOrigin(folders: readonly AgentFolder[], input: SimilarInput): Promise<RequestTo> {
  const { limit, code, path, line } = input;
  const rest = { limit, ...(input.duplicatesOnly && { only: 'duplicates' as const }) };
  if (code !== null) return () => ({ ...rest, code, ...(path !== null && { path }) });
  const opened = await openFirst(folders, path!);
  const place = { ...rest, ...(await functionAt(opened, line!)), folder: opened.folder.folder };
  return (folder) => askedOf(folder, place);
}

async function openFirst(folders: readonly AgentFolder[], path: string): Promise<Opened> {
  for (const folder of folders) {
    const inside = relativePath(folder.folder, resolve(folder.folder, path));
    const source = inside ? await readSource(folder.folder, inside, DEFAULT_MAX_FILE_BYTES) : null;
    if (inside && source && 'text' in source) return { folder, path: inside, text: source.text };
  }
  throw new KenningError(
    'usage',
    `There is no source file ${path} in ${folders.map(({ folder }) => folder).join(', ')}: give a path as search_code returns it, or give "code".`,
  );
}

interface FunctionAt {
  readonly code: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** The innermost function or type around the line. */
async function functionAt({ folder, path, text }: Opened, line: number): Promise<FunctionAt> {
  const around = innermost(await (await folder.engine()).outline({ path, text }), line);
  if (!around) {
    throw new KenningError(
      'usage',
      `No function or type stands on line ${line} of ${path}: give a line within one, or give "code".`,
    );
  }
  const { startLine, endLine } = around;
  return { code: sourceLines(text).text(startLine - 1, endLine - 1), path, startLine, endLine };
}
