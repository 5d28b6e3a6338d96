/** What an update has to do: the folder as found against the index as stored. Pure; touches no file. */
import type { Skip, SkipCode } from '../../core/skip.ts';

export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface StoredFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string;
}

export interface Plan {
  /** New, or different in size or time: their bytes decide. */
  readonly read: readonly FoundFile[];
  /** In the index, no longer in the folder (or now skipped). */
  readonly gone: readonly string[];
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}

/** `scope`: files and folders that were looked at; absent means the whole folder. What lies outside is left alone. */
export function planUpdate(
  found: readonly FoundFile[],
  skips: readonly Skip[],
  stored: ReadonlyMap<string, StoredFile>,
  scope?: readonly string[],
): Plan {
  const seen = new Set(found.map((file) => file.path));
  return {
    read: found.filter((file) => !sameStat(file, stored.get(file.path))),
    gone: [...stored.keys()].filter((path) => !seen.has(path) && inScope(path, scope)),
    skipped: countByCode(skips),
  };
}

export function countByCode(skips: Iterable<Skip>): Partial<Record<SkipCode, number>> {
  const counts: Partial<Record<SkipCode, number>> = {};
  for (const { code } of skips) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function sameStat(file: FoundFile, stored: StoredFile | undefined): boolean {
  return stored !== undefined && stored.size === file.size && stored.mtimeMs === file.mtimeMs;
}

function inScope(path: string, scope: readonly string[] | undefined): boolean {
  return scope === undefined || scope.some((part) => part === '' || path === part || path.startsWith(`${part}/`));
}
