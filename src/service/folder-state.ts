/** What views show of one workspace folder. */
import type { KenningError } from '../core/errors.ts';
import type { IndexStatus } from '../engine/api/status.ts';
import type { IndexReport } from '../engine/api/work.ts';
import type { WorkProgress } from './protocol.ts';

export interface FolderState {
  readonly folder: string;
  /**
   * `closed`: no process has it open (not yet, or it crashed). `failed`: the engine refused the folder. `refining`: the
   * index is up to date, and its vectors are being replaced by better ones.
   */
  readonly activity: 'closed' | 'opening' | 'idle' | 'updating' | 'refining' | 'failed';
  /** While updating or refining. */
  readonly progress: WorkProgress | null;
  readonly status: IndexStatus | null;
  /** Of the last update that ended. */
  readonly report: IndexReport | null;
  /** Why opening, the last update or the last refining failed. */
  readonly error: KenningError | null;
}

export const closedState = (folder: string): FolderState => ({
  folder,
  activity: 'closed',
  progress: null,
  status: null,
  report: null,
  error: null,
});

const OPEN: ReadonlySet<FolderState['activity']> = new Set(['idle', 'updating', 'refining']);

export const isOpen = ({ activity }: FolderState): boolean => OPEN.has(activity);
