/**
 * A hit's code, cut from its file by its lines at search time: the index keeps no code. What stands above it as a comment
 * is its doc, as in the index.
 */
import { docAbove } from '../../core/functions/doc-above.ts';
import { type SourceLines, sourceLines } from '../../core/functions/source-lines.ts';
import { LANGUAGES } from '../../core/languages/registry.ts';
import { codeText } from '../../core/student/template.ts';
import type { IndexReader } from '../store/index-reader.ts';
import type { StoredFunction } from '../store/records.ts';
import { readSource } from '../walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from '../walk/walk.ts';

export interface HitSource {
  readonly code: string;
  /** The comment above it without its markers; empty without one. */
  readonly doc: string;
}

/** Function id → text as the re-ranker reads it, for those that `hitSources` finds. */
export async function hitTexts(
  store: IndexReader,
  folder: string,
  template: string,
  functions: readonly StoredFunction[],
): Promise<Map<number, string>> {
  const sources = await hitSources(store, folder, functions);
  return new Map(
    functions.flatMap((fn) => {
      const source = sources.get(fn.id);
      return source ? [[fn.id, textOf(fn, source, template)] as const] : [];
    }),
  );
}

/** Function id → source. A function whose file is gone, or is not what was indexed, has none: its lines may be another's. */
export async function hitSources(
  store: IndexReader,
  folder: string,
  functions: readonly StoredFunction[],
): Promise<Map<number, HitSource>> {
  const byPath = Map.groupBy(functions, ({ path }) => path);
  const sources = new Map<number, HitSource>();
  const read = async ([path, hits]: [string, StoredFunction[]]): Promise<void> => {
    const text = store.unsavedText?.(path) ?? (await indexedText(store, folder, path));
    if (text === null) return;
    const lines = sourceLines(text);
    for (const fn of hits)
      sources.set(fn.id, { code: lines.text(fn.startLine - 1, fn.endLine - 1), doc: docOf(fn, lines) });
  };
  await Promise.all([...byPath].map(read));
  return sources;
}

async function indexedText(store: IndexReader, folder: string, path: string): Promise<string | null> {
  const source = await readSource(folder, path, DEFAULT_MAX_FILE_BYTES);
  return 'skip' in source || source.hash !== store.fileHash(path) ? null : source.text;
}

function textOf(fn: StoredFunction, source: HitSource, template: string): string {
  return codeText(template, fn.path, { ...fn, signature: fn.preview.trim(), ...source });
}

function docOf({ kind, language, startLine, part }: StoredFunction, lines: SourceLines): string {
  const table = LANGUAGES.find(({ id }) => id === language);
  const isWhole = kind !== 'module' && kind !== 'lines' && (part === null || part.index === 0);
  return table && isWhole ? docAbove(lines, startLine - 1, 0, table).text : '';
}
