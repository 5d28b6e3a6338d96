/**
 * The engine's whole face: plain read-only data and one interface. Heads and the service import this file and
 * `open.ts`, nothing else of the engine.
 */
import type { FunctionKind } from '../core/code-function.ts';
import type { NearFiles } from '../core/ranking/near.ts';
import type { Skip, SkipCode } from '../core/skip.ts';

export interface EngineOptions {
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Where indexes live; the engine makes one folder below it per workspace folder. */
  readonly storageDir: string;
  /** The installation's root: holds `models/` and `dist/` with the grammars. */
  readonly installDir: string;
  /** Globs of the editor's `files.exclude` and `search.exclude` that are on. */
  readonly excludes?: readonly string[];
  readonly vectorIndex?: VectorIndexChoice;
  /** Absent: `DEFAULT_QUALITY` of `quality.ts`. */
  readonly quality?: Quality;
  /**
   * An embedding model instead of Kenning's own: a folder (a relative one starts at `folder`), or `owner/name`, which is
   * fetched from the hub once. Absent or empty: Kenning's own. Each model has an index of its own.
   */
  readonly model?: string;
  /**
   * Whether many files are parsed in a thread of their own, beside the rest of the work; absent: where there is more than
   * one core. False: nothing is parsed in a thread, and a file that harms the parser harms it for the process.
   */
  readonly parseThread?: boolean;
  /** How many threads refine many functions, besides the process's own; absent: two where there is more than one core. */
  readonly refineThreads?: number;
  /** Absent: native code where it loads, else WebAssembly. */
  readonly runtime?: RuntimeName;
}

/** What the models run in. */
export type RuntimeName = 'native' | 'wasm';

/**
 * `fast`: the first student alone. `balanced`: the second one refines its vectors in the background. `best`: the best hits
 * are read once more as well. A model that is not installed is done without.
 */
export type Quality = 'fast' | 'balanced' | 'best';

/** `auto`: the graph where it is measured to be the faster, the exact scan elsewhere. */
export type VectorIndexChoice = 'auto' | 'exact' | 'graph';

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

export interface SearchRequest {
  /** Plain words; `lang:`, `path:`, `kind:`, `-tests` and `"exact"` narrow it. */
  readonly query: string;
  readonly limit: number;
  /** Files close to the user's hand, relative with `/`: a little in their favour. Absent: ranking knows of no user. */
  readonly near?: NearFiles;
  /** Only what this file holds, relative with `/`; absent: the whole folder. */
  readonly file?: string;
  /** Absent: `where-it-helps`. Of no use where no cross-encoder is (see `Quality`). */
  readonly second?: SecondReading;
}

/** Asks for code that is like a given piece of code. */
export interface SimilarRequest {
  /** The code whose like is looked for. Nothing is like code without a word. */
  readonly code: string;
  /** Where it stands, relative to the folder with `/`, so that it is no hit of its own; also tells its language. */
  readonly path?: string;
  /** From 1, both ends included; an absent `endLine` is `startLine`. */
  readonly startLine?: number;
  readonly endLine?: number;
  /** Absent: 20. */
  readonly limit?: number;
  /** Only what says the same in nearly the same words. */
  readonly only?: 'duplicates';
}

/** A text that need not be what is indexed: an editor's buffer. */
export interface OutlineRequest {
  /** Tells the language. */
  readonly path: string;
  readonly text: string;
}

/** A function or type of a text. */
export interface OutlineEntry {
  /** Qualified: `Class.method`. */
  readonly name: string;
  readonly kind: FunctionKind;
  /** From 1, both ends included; a leading doc comment is not part of it. */
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Whether the best hits are read a second time before the answer is given, which takes more than ten times as long as the rest:
 * always, where the first reading leaves it open what is best, or never, for who shows a first answer at once.
 */
export type SecondReading = 'always' | 'where-it-helps' | 'never';

/** What made a hit rank where it does. Scores lie in 0..1 before boosts. */
export interface Evidence {
  readonly semantic: number;
  readonly lexical: number;
  /** Words of the hit's name, path and preview that answer a word of the query, as they stand there, lower case. */
  readonly words: readonly string[];
  /** Named boosts and demotions, as added to the score; `reranked`: what reading hit and question together changed. */
  readonly boosts: Readonly<Record<string, number>>;
  /** Where code was asked about, not a question: the scores are absolute then, and the words the code's more telling ones. */
  readonly comparedWith?: 'code';
}

/** A function that is not listed for itself since a hit stands for it too: an overload, a piece, a copy. */
export interface SameHit {
  /** Relative to the folder, with `/`: a copy may lie in another file than its hit. */
  readonly path: string;
  /** Qualified: `Class.method`. */
  readonly name: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface Hit {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  /** Qualified: `Class.method`. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly language: string;
  readonly score: number;
  /** The first line of the code. */
  readonly preview: string;
  readonly why: Evidence;
  /** What else the hit stands for, best first; absent where it stands for itself alone. */
  readonly also?: readonly SameHit[];
}

export interface SearchAnswer {
  readonly query: string;
  readonly results: readonly Hit[];
  readonly index: { readonly functions: number; readonly complete: boolean; readonly generation: number };
  /** True where a second reading may help and was declined with `never`: the question can be asked again with it. */
  readonly mayImprove?: boolean;
  readonly timings: {
    readonly embedMs: number;
    readonly searchMs: number;
    /** Of the second reading; absent where there was none. */
    readonly rerankMs?: number;
    readonly totalMs: number;
  };
}

export interface IndexStatus {
  readonly folder: string;
  readonly files: number;
  readonly functions: number;
  /** False until a whole update has finished since the index was made. */
  readonly complete: boolean;
  /** Grows with every committed batch. */
  readonly generation: number;
  readonly bytes: number;
  readonly model: string;
  /** Functions with refined vectors; null where no refiner is in use. */
  readonly refined: number | null;
  /** `exact`, or `graph` once one is built and chosen. */
  readonly vectorIndex: 'exact' | 'graph';
  /** What models run on; null where none needs a runtime. */
  readonly runtime: RuntimeName | null;
  /** Milliseconds since the epoch of the last finished update; null before the first. */
  readonly updatedAt: number | null;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
  /** Facts a user should hear once, such as a missing native library. */
  readonly notices: readonly string[];
}

export type WhyAnswer =
  | { readonly path: string; readonly indexed: true; readonly language: string; readonly functions: number }
  | { readonly path: string; readonly indexed: false; readonly skip: Skip };

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

export interface Engine {
  /** Brings the index up to date; one at a time, a second call waits. Rejects only with `KenningError`. */
  update(options?: UpdateOptions): Promise<IndexReport>;
  /**
   * Refines the vectors that wait for it; does nothing where no refiner is in use. It gives way to an update that is asked
   * for meanwhile and goes on after it. Rejects only with `KenningError`.
   */
  refine(options?: RefineOptions): Promise<RefineReport>;
  /** Rejects with `cancelled` when `signal` ends it before the answer is ready. */
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /**
   * Code like `request.code`, most alike first; the answer's `query` is empty. A hit's score is what it has in common, 0..1, and
   * can be compared over folders. Rejects with `usage` for lines that are none, with `cancelled` when `signal` ends it.
   */
  similar(request: SimilarRequest, signal?: AbortSignal): Promise<SearchAnswer>;
  /** The functions and types of a text in order of appearance, nested ones after what holds them; none in an unknown language. */
  outline(request: OutlineRequest): Promise<readonly OutlineEntry[]>;
  /**
   * From now on searches see `text` as the file's content, whatever is on disk or in the index; null: as on disk again.
   * `path`: relative with `/`. Nothing of it is written anywhere. Resolves when it is in force; a file that would not be
   * indexed is passed over.
   */
  setUnsaved(path: string, text: string | null): Promise<void>;
  status(): IndexStatus;
  /**
   * Reads the whole index and says what is wrong with it; compares it with nothing outside its folder. Damage is remembered:
   * the next opening forgets the damaged files' functions, or sets the whole index aside, and an update makes them anew.
   * Derived files that are wrong go at once.
   */
  verify(): Promise<VerifyReport>;
  why(file: string): Promise<WhyAnswer>;
  /** Ends a running update or refining between two batches. A second call waits for the first. */
  close(): Promise<void>;
  /**
   * Closes the engine and removes all that is kept of the folder on disk, whichever model made it. Rejects with
   * `index-locked` where another process has it open, with `index-write-failed` where the system refuses; the engine is
   * closed all the same.
   */
  deleteIndex(): Promise<void>;
}
