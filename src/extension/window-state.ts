/**
 * What Kenning is doing in this window, as one small union that the panel, the status bar, the menu and the commands
 * all draw from. Pure: it imports neither the editor nor the engine's code.
 */
import type { KenningError } from '../core/errors.ts';
import type { FolderState } from '../service/folder-state.ts';
import type { ServiceState } from '../service/supervisor.ts';

export type WindowState =
  /** No folder is open. */
  | { readonly kind: 'no-folder' }
  /** Folders are open, but none lies on a disk. */
  | { readonly kind: 'virtual' }
  /** The process is starting, or folders are being opened. */
  | { readonly kind: 'starting'; readonly afterCrash: boolean }
  /** The process crashed too often, or no folder could be opened. */
  | { readonly kind: 'failed'; readonly error: KenningError }
  /** Files are being read; searches are answered from what is there. */
  | ({ readonly kind: 'indexing' } & Work & Slowed)
  | ({ readonly kind: 'paused' } & Work)
  /** Everything is indexed; vectors are being replaced by better ones. */
  | ({ readonly kind: 'refining' } & Covered & Slowed)
  /** Nothing is going on, but an index does not cover its folder: cancelled, refused or not yet asked for. */
  | ({ readonly kind: 'partial'; readonly functions: number; readonly error: KenningError | null } & Waiting)
  | ({ readonly kind: 'ready' } & Covered & Waiting);

export interface Covered {
  readonly functions: number;
  /** Of them, those with refined vectors; null where no refiner is in use. */
  readonly refined: number | null;
}

/** In files, over all folders; `total` is 0 while it is not known. */
export interface Work {
  readonly done: number;
  readonly total: number;
  readonly functions: number;
}

/** Present while the computer runs on battery. */
interface Slowed {
  readonly onBattery?: true;
}

/** Present where nothing is being done and nothing will be: what changes waits for the end of the pause. */
interface Waiting {
  readonly paused?: true;
}

export interface WindowFacts {
  readonly service: ServiceState;
  readonly paused: boolean;
  readonly folders: readonly FolderState[];
  /** Workspace folders that lie on no disk. */
  readonly virtualFolders: number;
}

export function windowState({ service, paused, folders, virtualFolders }: WindowFacts): WindowState {
  if (folders.length === 0) return { kind: virtualFolders > 0 ? 'virtual' : 'no-folder' };
  const failures = folders.flatMap(({ activity, error }) => (activity === 'failed' && error ? [error] : []));
  if (failures.length === folders.length) return { kind: 'failed', error: failures[0]! };
  const isOpening = folders.some(({ activity }) => activity === 'closed' || activity === 'opening');
  if (service !== 'ready' || isOpening) return { kind: 'starting', afterCrash: service === 'restarting' };
  const functions = sum(folders.map(functionsOf));
  const updating = folders.filter(({ activity }) => activity === 'updating');
  if (updating.length > 0 && paused) return { kind: 'paused', functions, ...workOf(updating) };
  const slowed = folders.some(({ progress }) => progress?.onBattery) && { onBattery: true as const };
  if (updating.length > 0) return { kind: 'indexing', functions, ...workOf(updating), ...slowed };
  const isRefining = folders.some(({ activity }) => activity === 'refining');
  if (isRefining && paused) return { kind: 'paused', functions, done: 0, total: 0 };
  if (isRefining) return { kind: 'refining', functions, refined: sumRefined(folders), ...slowed };
  const waiting = paused && { paused: true as const };
  if (folders.every(isCovered)) {
    return { kind: 'ready', functions, refined: sumRefined(folders), ...waiting };
  }
  return { kind: 'partial', functions, error: folders.find(({ error }) => error)?.error ?? null, ...waiting };
}

/** Another process that writes the index takes the changes up; whatever else stands in the way leaves them out. */
const isCovered = ({ activity, status, error }: FolderState): boolean =>
  status?.complete === true && activity !== 'failed' && (error === null || error.code === 'index-locked');

/** Functions in a folder's index, counting those that the running update has added. */
export function functionsOf({ progress, status }: FolderState): number {
  return progress?.functions ?? status?.functions ?? 0;
}

/** Functions with refined vectors, counting those of the running refining; null where no refiner is in use. */
export function refinedOf({ progress, status }: FolderState): number | null {
  if (!status || status.refined === null) return null;
  return progress?.phase === 'refine' ? progress.done : status.refined;
}

function sumRefined(folders: readonly FolderState[]): number | null {
  const counts = folders.map(refinedOf).filter((refined) => refined !== null);
  return counts.length === 0 ? null : sum(counts);
}

function workOf(updating: readonly FolderState[]): { done: number; total: number } {
  const counted = updating.filter(({ progress }) => progress && progress.total > 0);
  // One folder that is still being listed leaves the sum unknown.
  if (counted.length < updating.length) return { done: 0, total: 0 };
  return {
    done: sum(counted.map(({ progress }) => progress?.done ?? 0)),
    total: sum(counted.map(({ progress }) => progress?.total ?? 0)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
