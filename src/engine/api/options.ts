/** What an engine is opened with. */

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
