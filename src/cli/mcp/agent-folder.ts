/**
 * One folder that agents search: its engine, opened in the background, and an index that is looked after between questions.
 * A question waits a bounded time for it and says so when that was not enough.
 */
import { KenningError } from '../../core/errors.ts';
import type { EngineOptions } from '../../engine/api/options.ts';
import type { IndexProgress } from '../../engine/api/work.ts';
import type { Engine } from '../../engine/api.ts';
import { openEngine } from '../../engine/open.ts';

/** An index that was brought up to date less long ago is taken for fresh. */
const FRESH_MS = 3000;
/** How long a question waits for changes to be taken up. */
const WAIT_MS = 2000;
/** And for an index that does not cover the folder yet. */
const FIRST_WAIT_MS = 8000;

export interface AgentFolderOptions {
  readonly engine: EngineOptions;
  /** False: another process keeps the index, this one only reads it. */
  readonly updates: boolean;
  readonly log: (line: string) => void;
}

export class AgentFolder {
  readonly folder: string;
  readonly #options: AgentFolderOptions;
  readonly #engine: Promise<Engine>;
  readonly #closing = new AbortController();
  #updating: Promise<void> | null = null;
  #updatedAtMs = Number.NEGATIVE_INFINITY;
  #progress: IndexProgress | null = null;

  constructor(options: AgentFolderOptions) {
    this.#options = options;
    this.folder = options.engine.folder;
    this.#engine = openEngine(options.engine, this.#closing.signal);
    this.#engine.then(
      () => this.#startUpdate(),
      (error: Error) => this.#closing.signal.aborted || options.log(`${this.folder}: ${error.message}`),
    );
  }

  get isUpdating(): boolean {
    return this.#updating !== null;
  }

  /** Of the update under way. */
  get progress(): IndexProgress | null {
    return this.#progress;
  }

  /** Rejects with the `KenningError` that opening failed with. */
  engine(): Promise<Engine> {
    return this.#engine;
  }

  /** Brings the index up to date where it may not be, and waits for it as long as a question may. */
  async freshEngine(signal: AbortSignal): Promise<Engine> {
    const engine = await this.#engine;
    this.#startUpdate();
    if (this.#updating) await within(this.#updating, engine.status().complete ? WAIT_MS : FIRST_WAIT_MS, signal);
    return engine;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const engine = await this.#engine.catch(() => null);
    await engine?.close();
  }

  #startUpdate(): void {
    const isFresh = performance.now() - this.#updatedAtMs < FRESH_MS;
    if (!this.#options.updates || this.#updating || isFresh || this.#closing.signal.aborted) return;
    this.#updating = this.#update().finally(() => {
      this.#updating = null;
      this.#progress = null;
      this.#updatedAtMs = performance.now();
    });
  }

  async #update(): Promise<void> {
    const engine = await this.#engine;
    try {
      const onProgress = (progress: IndexProgress): void => {
        this.#progress = progress;
      };
      const report = await engine.update({ signal: this.#closing.signal, onProgress });
      if (report.embedded > 0) this.#options.log(`${this.folder}: ${report.functions} functions indexed`);
      if (!report.cancelled) this.#refine(engine);
    } catch (error) {
      // Another process writes this index: it does what is to be done.
      const isLocked = error instanceof KenningError && error.code === 'index-locked';
      if (!isLocked) this.#options.log(`${this.folder}: ${(error as Error).message}`);
    }
  }

  /** Nobody waits for it. */
  #refine(engine: Engine): void {
    const { refined, functions } = engine.status();
    if (refined === null || refined >= functions) return;
    engine
      .refine({ signal: this.#closing.signal })
      .catch((error: Error) => this.#options.log(`${this.folder}: ${error.message}`));
  }
}

/** Resolves when the work ends, the time is over, or `signal` ends the waiting. */
async function within(work: Promise<void>, limitMs: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, limitMs);
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  await Promise.race([work, over.promise]);
  clearTimeout(timer);
}
