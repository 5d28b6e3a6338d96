/** The parts of a path whose words say what a file is about. The same files answer again and again: each is read once. */
import { type NameWords, nameWords } from '../lexical/name-words.ts';

export interface PathNames {
  /** Without the ending. */
  readonly file: NameWords;
  /** The innermost; empty for a file of the top. */
  readonly folder: NameWords;
}

/** Bounds the memory; reached only where questions meet very many files. */
const KEPT_PATHS = 20_000;
const known = new Map<string, PathNames>();

export function pathNames(path: string): PathNames {
  const before = known.get(path);
  if (before) return before;
  if (known.size >= KEPT_PATHS) known.clear();
  const parts = path.split('/');
  const names = {
    file: nameWords(parts.at(-1)!.replace(/(?<=.)\.[^/]*$/, '')),
    folder: nameWords(parts.at(-2) ?? ''),
  };
  known.set(path, names);
  return names;
}
