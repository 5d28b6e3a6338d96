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

/** By folder: what opens, closes or deletes it, one after the other, as it was asked for. */
export class FolderTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(folder: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(folder) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    this.#last.set(folder, settled);
    settled.then(() => {
      if (this.#last.get(folder) === settled) this.#last.delete(folder);
    });
    return turn;
  }
}

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
