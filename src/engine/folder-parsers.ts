/** Which parser reads a folder's files: the one that all folders share, or one of their own for the many of an update. */
import { availableParallelism } from 'node:os';
import type { EngineOptions } from './api/options.ts';
import { grammarDir } from './install-dir.ts';
import { createParser, type SourceParser } from './parse/parser.ts';
import { shareParser } from './parse/shared-parser.ts';
import { createThreadedParser } from './parse/threaded-parser.ts';

/** Files that keep a parsing thread busy while a batch is embedded and committed. */
const AHEAD = 32;

export class FolderParsers {
  readonly #dir: string;
  readonly #parseThread: boolean | undefined;
  #shared: Promise<SourceParser> | null = null;

  constructor({ installDir, parseThread }: Pick<EngineOptions, 'installDir' | 'parseThread'>) {
    this.#dir = grammarDir(installDir);
    this.#parseThread = parseThread;
  }

  /** For a few files, or a text. */
  shared(): Promise<SourceParser> {
    this.#shared ??= (this.#parseThread ?? true) ? Promise.resolve(shareParser(this.#dir)) : createParser(this.#dir);
    return this.#shared;
  }

  /** For many files: one of their own, so that nobody's single file waits behind them; `shared` on a single core. */
  forMany(shared: SourceParser): SourceParser {
    const isAside = this.#parseThread ?? availableParallelism() > 1;
    return isAside ? createThreadedParser({ grammarDir: this.#dir, ahead: AHEAD }) : shared;
  }

  async dispose(): Promise<void> {
    (await this.#shared)?.dispose();
  }
}
