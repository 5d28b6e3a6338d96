/** Updating and refining an index: what may be asked for, what is told meanwhile, and what came of it. */
import type { SkipCode } from '../../core/skip.ts';

export interface UpdateOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Awaited between batches: a promise that stays pending pauses the update. */
  readonly gate?: () => Promise<void>;
  /** Files or folders known to have changed, relative with `/`; absent: the whole folder is scanned. */
  readonly paths?: readonly string[];
  /** Files to index before all others, in this order; relative with `/`. Of a whole scan they are searchable before it ends. */
  readonly first?: readonly string[];
  /** Forgets what is indexed and starts over; `paths` is then of no use. */
  readonly rebuild?: boolean;
}

export interface RefineOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IndexProgress) => void;
  /** Awaited before each run of the model, or each few runs in a thread: a promise that stays pending pauses the refining. */
  readonly gate?: () => Promise<void>;
  /** While it is true, as on battery, one thread refines at most. */
  readonly isSparing?: () => boolean;
}

export interface IndexProgress {
  readonly phase: 'scan' | 'index' | 'refine' | 'graph';
  /** Counted in files, or in functions while refining: `done` are then all that are refined. `total` is 0 while scanning. */
  readonly done: number;
  readonly total: number;
  /** Functions in the index so far. */
  readonly functions: number;
}

export interface IndexReport {
  readonly files: number;
  readonly functions: number;
  /** Functions whose vector was computed in this run; 0 when nothing changed. */
  readonly embedded: number;
  readonly filesParsed: number;
  readonly seconds: number;
  readonly functionsPerSecond: number;
  /** On disk. */
  readonly bytes: number;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
  readonly cancelled: boolean;
}

export interface RefineReport {
  /** Functions whose vector was refined in this run. */
  readonly refined: number;
  /** Functions that are still without: their file has changed, or the run was cancelled. */
  readonly waiting: number;
  readonly seconds: number;
  readonly cancelled: boolean;
}
