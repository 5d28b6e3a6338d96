/** Whether a file is indexed, and how: the walk's own rules say what leaves it out, its rows what was made of it. */
import { PLAIN_TEXT } from '../core/languages/registry.ts';
import type { WhyAnswer } from './api/status.ts';
import type { SourceParser } from './parse/parser.ts';
import type { FileFacts } from './store/file-table.ts';
import type { Store } from './store/store.ts';
import { explain } from './walk/explain.ts';
import { relativePath } from './walk/locate.ts';
import { readSource } from './walk/read-source.ts';
import { DEFAULT_MAX_FILE_BYTES } from './walk/walk.ts';

interface Asked {
  readonly folder: string;
  readonly excludes?: readonly string[];
  readonly store: Store;
  readonly parser: () => Promise<SourceParser>;
}

/** Reasons of the parser's are not stored: they are rare, and the file has them still. */
const GONE = 'the parser failed when the file was read';

export async function why({ folder, excludes = [], store, parser }: Asked, file: string): Promise<WhyAnswer> {
  const path = relativePath(folder, file) ?? file;
  const skip = await explain(folder, file, { excludes, maxFileBytes: DEFAULT_MAX_FILE_BYTES });
  if (skip) return { path, indexed: false, skip };
  const stored = store.files.factsOf(path);
  const problem = stored && isInWindows(stored) ? await problemOf(folder, path, await parser()) : null;
  return { path, indexed: true, language: stored?.language ?? '', functions: stored?.functions ?? 0, problem };
}

const isInWindows = ({ language, windows }: FileFacts): boolean => windows > 0 && language !== PLAIN_TEXT;

async function problemOf(folder: string, path: string, parser: SourceParser): Promise<string> {
  const source = await readSource(folder, path, DEFAULT_MAX_FILE_BYTES);
  return 'skip' in source ? GONE : ((await parser.parse(path, source.text)).problem ?? GONE);
}
