/**
 * Files for another platform than the machine's: of `src/win/core.c` and `src/unix/core.c` one is what its user runs. Judged
 * by paths alone, and only where a file for this platform stands in the same place: a folder `windows` may well be one of
 * windows.
 */

/** A kind of operating system, as paths name it. */
export type PlatformKind = 'windows' | 'macos' | 'linux' | 'unix' | 'other';

export interface PlatformWord {
  readonly kind: PlatformKind;
  /** The path up to the word. */
  readonly before: string;
}

const WORDS: Readonly<Record<PlatformKind, readonly string[]>> = {
  windows: ['win', 'win32', 'win64', 'windows', 'mingw', 'msvc', 'cygwin'],
  macos: ['darwin', 'macos', 'osx'],
  linux: ['linux'],
  unix: ['unix', 'posix'],
  other: ['freebsd', 'openbsd', 'netbsd', 'dragonfly', 'bsd', 'sunos', 'solaris', 'illumos', 'aix', 'haiku', 'os390'],
};
const KINDS = Object.entries(WORDS) as [PlatformKind, readonly string[]][];
const KIND_OF_WORD = new Map(KINDS.flatMap(([kind, words]) => words.map((word) => [word, kind] as const)));
const IN_PATHS = new RegExp(`(?<=^|[/_.-])(?:${[...KIND_OF_WORD.keys()].join('|')})(?=[/_.-])`, 'g');
const IN_QUERIES = new RegExp(`\\b(?:${[...KIND_OF_WORD.keys()].join('|')})\\b`, 'g');

/** By Node's name of the machine's platform: kinds whose files it runs. */
const OWN: Readonly<Record<string, readonly PlatformKind[]>> = {
  win32: ['windows'],
  darwin: ['macos', 'unix'],
  linux: ['linux', 'unix'],
};

/** What `platform`, a name as `process.platform` has it, runs. */
export const kindsOn = (platform: string): ReadonlySet<PlatformKind> => new Set(OWN[platform] ?? ['unix', 'other']);

/** All that a path names. */
export function platformWords(path: string): readonly PlatformWord[] {
  const lower = path.toLowerCase();
  return Array.from(lower.matchAll(IN_PATHS), ({ 0: word, index }) => ({
    kind: KIND_OF_WORD.get(word)!,
    before: lower.slice(0, index),
  }));
}

/** The kinds that a question names: it wants them wherever it is asked. */
export function platformsAsked(query: string): ReadonlySet<PlatformKind> {
  return new Set(Array.from(query.toLowerCase().matchAll(IN_QUERIES), ([word]) => KIND_OF_WORD.get(word)!));
}

/** Says of a file whether it is for another platform than `own`, while one of `files` stands in its place for `own`. */
export function otherPlatform(
  files: Iterable<readonly PlatformWord[]>,
  own: ReadonlySet<PlatformKind>,
): (file: readonly PlatformWord[]) => boolean {
  const places = new Set<string>();
  for (const words of files) for (const { kind, before } of words) if (own.has(kind)) places.add(before);
  return (file) => file.some(({ kind, before }) => !own.has(kind) && places.has(before));
}
