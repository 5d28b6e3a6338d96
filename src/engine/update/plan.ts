/** What an update has to do: the folder as found against the index as stored. Pure; touches no file. */
import type { StoredFile } from '../store/records.ts';
import type { FoundFile } from '../walk/walk.ts';

export interface Plan {
  /** New, or different in size or time: their bytes decide. */
  readonly read: readonly FoundFile[];
  /** In the index, no longer in the folder (or now left out). */
  readonly gone: readonly string[];
}

export interface Scope {
  /** The files and folders that were looked at; absent: the whole folder. */
  readonly scope?: readonly string[] | undefined;
  /** Files to read before all others, in this order. */
  readonly first?: readonly string[] | undefined;
}

/**
 * What lies outside the scope is left alone, and so is what is `unreadable` now, be it a file or all below a folder: that is
 * no sign that it is gone.
 */
export function planUpdate(
  found: readonly FoundFile[],
  stored: ReadonlyMap<string, StoredFile>,
  unreadable: readonly string[],
  { scope, first = [] }: Scope = {},
): Plan {
  const seen = new Set(found.map(({ path }) => path));
  const looked = scope && new Set(scope);
  const unknown = new Set(unreadable);
  const isGone = (path: string): boolean =>
    !seen.has(path) && (looked === undefined || isWithin(path, looked)) && !isWithin(path, unknown);
  return {
    read: inOrder(
      found.filter((file) => !sameStat(file, stored.get(file.path))),
      first,
    ),
    gone: [...stored.keys()].filter(isGone),
  };
}

function inOrder(files: readonly FoundFile[], first: readonly string[]): readonly FoundFile[] {
  const places = new Map(first.map((path, place) => [path, place]));
  const placeOf = ({ path }: FoundFile): number => places.get(path) ?? places.size;
  return places.size === 0 ? files : files.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A program can set a file's time back to what it was, but not that of the change itself. */
function sameStat(file: FoundFile, stored: StoredFile | undefined): boolean {
  return (
    stored !== undefined &&
    stored.size === file.size &&
    stored.mtimeMs === file.mtimeMs &&
    stored.ctimeMs === file.ctimeMs
  );
}

/** Clocks of file systems go on by at most 16 ms at a time, those of the older ones by one or two seconds. */
export const FINE_TICK_MS = 50;
const COARSE_TICK_MS = 2000;

/**
 * What to remember of a file that was read at `readAtMs`, milliseconds since the epoch. If it was changed within the same
 * tick of the file system's clock, it may be changed again without its times telling: the next update reads it again.
 */
export function remembered(file: FoundFile, readAtMs: number): FoundFile {
  const { mtimeMs, ctimeMs } = file;
  const isCoarse = mtimeMs % 1000 === 0 && ctimeMs % 1000 === 0;
  const age = Math.abs(readAtMs - Math.max(mtimeMs, ctimeMs));
  return age < (isCoarse ? COARSE_TICK_MS : FINE_TICK_MS) ? { ...file, ctimeMs: 0 } : file;
}

/** Whether `path` is one of `places` or lies below one. In time that grows with the path's depth, not with the places. */
export function isWithin(path: string, places: ReadonlySet<string>): boolean {
  if (places.size === 0) return false;
  if (places.has('') || places.has(path)) return true;
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    if (places.has(path.slice(0, at))) return true;
  return false;
}
