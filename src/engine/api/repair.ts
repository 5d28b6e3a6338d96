/** What checking an index tells, and what collecting old ones takes and tells. */

/** One kind of thing that `verify` has looked at. */
export interface VerifyCheck {
  readonly area: 'database' | 'files' | 'functions' | 'terms' | 'state' | 'identity' | 'segment' | 'graph';
  /** What was looked at, in words. */
  readonly checked: string;
  /** What is wrong, a sentence each, the first few of many; empty where all is well. */
  readonly problems: readonly string[];
}

export interface VerifyReport {
  readonly folder: string;
  readonly sound: boolean;
  readonly checks: readonly VerifyCheck[];
  /** What becomes of the damage, in one sentence; null where there is none. */
  readonly remedy: string | null;
  readonly seconds: number;
}

/** An index in the storage, or what is left of one. */
export interface KeptIndex {
  /** Its folder below the storage. */
  readonly dir: string;
  /** The workspace folder; null where that is not known any more. */
  readonly folder: string | null;
  /** The student's fingerprint; null where that is not known any more. */
  readonly model: string | null;
  readonly bytes: number;
  /** Milliseconds since the epoch of its last opening. */
  readonly usedAt: number;
}

/**
 * `folder-gone`: there is no such folder any more. `leftover`: set aside, half deleted, or of a version of Kenning that is no
 * more. `unused-model`: another model is used for the folder, and has been for 30 days. `over-budget`: the longest unused.
 */
export type CollectReason = 'folder-gone' | 'leftover' | 'unused-model' | 'over-budget';

export interface CollectOptions {
  readonly storageDir: string;
  /** What all indexes and the cache of vectors may take together; absent: any amount. */
  readonly budgetBytes?: number;
  /** Removes nothing. */
  readonly dryRun?: boolean;
  /** Absolute paths of workspace folders of whose indexes none is removed. */
  readonly keep?: readonly string[];
  /** Nothing is removed while all indexes together are within the budget. */
  readonly onlyOverBudget?: boolean;
}

export interface CollectReport {
  readonly kept: readonly KeptIndex[];
  readonly removed: readonly (KeptIndex & { readonly reason: CollectReason })[];
  /** Were to go, but somebody has them open, or the system refuses; they are among `kept`. */
  readonly refused: readonly (KeptIndex & { readonly reason: CollectReason })[];
  /** Of the indexes. */
  readonly keptBytes: number;
  /** What is kept of vectors by their texts, for other worktrees and branches; within the budget with the indexes. */
  readonly cacheBytes: number;
  readonly freedBytes: number;
}
