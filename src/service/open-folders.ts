/** The folders that a background process has open, each with its engine and the work under way on it. */
import { KenningError } from '../core/errors.ts';
import type { Engine } from '../engine/api.ts';

export interface OpenFolder {
  readonly engine: Promise<Engine>;
  readonly closing: AbortController;
  /** Updates and refinings under way. */
  readonly work: Set<Promise<unknown>>;
}

export type OpenFolders = Map<string, OpenFolder>;

/** Throws `engine-stopped`. */
export function find(folders: OpenFolders, folder: string): OpenFolder {
  const open = folders.get(folder);
  if (!open) throw new KenningError('engine-stopped', `No engine is open for ${folder}.`);
  return open;
}

/** Updates and refinings end first, between two batches. */
export async function close(folders: OpenFolders, folder: string): Promise<void> {
  const open = folders.get(folder);
  if (!open) return;
  folders.delete(folder);
  open.closing.abort();
  await Promise.allSettled(open.work);
  const engine = await open.engine.catch(() => null);
  await engine?.close();
}
