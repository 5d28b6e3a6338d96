/** The functions of a folder as a stream, exactly as indexing would see them. Keeps nothing; training reads this. */
import type { CodeFunction } from '../core/code-function.ts';
import { createParser } from './parse/parser.ts';
import { readSource } from './walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES, walk } from './walk/walk.ts';

export interface FileFunctions {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly functions: readonly CodeFunction[];
}

export async function* chunkFolder(folder: string, grammarDir: string): AsyncGenerator<FileFunctions> {
  const parser = await createParser(grammarDir);
  try {
    for await (const found of walk(folder, { excludes: [], maxFileBytes: DEFAULT_MAX_FILE_BYTES })) {
      if ('skip' in found) continue;
      const source = await readSource(folder, found.path, DEFAULT_MAX_FILE_BYTES);
      if ('skip' in source) continue;
      const { functions } = await parser.parse(found.path, source.text);
      yield { path: found.path, functions };
    }
  } finally {
    parser.dispose();
  }
}
