/** The parts of a path whose words say what a file is about. */

export interface PathNames {
  /** Without the ending. */
  readonly file: string;
  /** The innermost; empty for a file of the top. */
  readonly folder: string;
}

export function nameAndFolder(path: string): PathNames {
  const parts = path.split('/');
  return { file: parts.at(-1)!.replace(/(?<=.)\.[^/]*$/, ''), folder: parts.at(-2) ?? '' };
}
