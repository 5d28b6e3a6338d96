/** What of a folder's indexes an update may remove on its own: what was set aside, and what older versions have left. */
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { assertUnused } from './delete-index.ts';
import { ASIDE, readIdentity } from './index-folder.ts';
import type { IndexIdentity } from './records.ts';

/** `dir`: the index that is kept, of `identity`. Those that somebody has open stay, and so do those of newer versions. */
export function removeLeftovers(dir: string, identity: IndexIdentity): void {
  for (const entry of readdirSync(dirname(dir), { withFileTypes: true })) {
    const other = join(dirname(dir), entry.name);
    if (!entry.isDirectory() || entry.name === basename(dir) || mayBeOpened(other, identity)) continue;
    removeIfPossible(other);
  }
}

/** What stays is offered to `kenning gc`. */
function removeIfPossible(dir: string): void {
  try {
    assertUnused(dir);
    rmSync(dir, { recursive: true, force: true });
  } catch {
    return;
  }
}

/** A user goes back and forth between models, and between the editor's version and another on the command line. */
function mayBeOpened(dir: string, own: IndexIdentity): boolean {
  if (dir.endsWith(ASIDE)) return false;
  const other = readIdentity(dir);
  if (!other || other.format < own.format || other.chunker < own.chunker) return false;
  const isNewer = other.format > own.format || other.chunker > own.chunker;
  return isNewer || nameOf(other.model) !== nameOf(own.model);
}

/** A fingerprint is a model's name and, behind the last dash, a hash of its files. */
const nameOf = (fingerprint: string): string => fingerprint.slice(0, fingerprint.lastIndexOf('-'));
