/** The parts of a path whose words say what a file is about. The same files answer again and again: each is read once. */
import { type NameWords, nameWords } from '../lexical/name-words.ts';
import { onceForEach } from '../once-for-each.ts';

export interface PathNames {
  /** Without the ending. */
  readonly file: NameWords;
  /** The innermost; empty for a file of the top. */
  readonly folder: NameWords;
}

/** Bounds the memory; reached only where questions meet very many files. */
const KEPT_PATHS = 20_000;

export const pathNames = onceForEach(KEPT_PATHS, (path): PathNames => {
  const parts = path.split('/');
  return {
    file: nameWords(fileStem(parts.at(-1)!)),
    folder: nameWords(parts.at(-2) ?? ''),
  };
});

/** A file's name without its endings: `dates` of `dates.test.ts`. */
export const fileStem = (file: string): string => file.replace(/(?<=.)\.[^/]*$/, '');
