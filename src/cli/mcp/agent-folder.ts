/**
 * One folder that agents search: its engine, opened in the background, and an index that is looked after between questions.
 * A question waits a bounded time for it and says so when that was not enough.
 */
import { KenningError } from '../../core/errors.ts';
import type { EngineOptions } from '../../engine/api/options.ts';
import type { IndexProgress } from '../../engine/api/work.ts';
import type { Engine } from '../../engine/api.ts';
import { openEngine } from '../../engine/open.ts';

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
  /** When the last update began of those that have ended. */
  #seenAtMs = Number.NEGATIVE_INFINITY;
  #problem: string | null = null;
  #isRefining = false;
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

  /** Why the last update could not take up what has changed; null where it could. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Of the update under way. */
  get progress(): IndexProgress | null {
    return this.#progress;
  }

  /** Rejects with the `KenningError` that opening failed with. */
  engine(): Promise<Engine> {
    return this.#engine;
  }

  /**
   * Brings the index up to date and waits for that as long as a question may: an update that began before the question may
   * have passed by what it is about. Whether that was enough shows in `isUpdating`.
   */
  async freshEngine(signal: AbortSignal): Promise<Engine> {
    const askedAtMs = performance.now();
    const engine = await this.#engine;
    const over = AbortSignal.timeout(engine.status().complete ? WAIT_MS : FIRST_WAIT_MS);
    const ended = AbortSignal.any([signal, over, this.#closing.signal]);
    while (this.#seenAtMs < askedAtMs && this.#startUpdate() && !ended.aborted) await beforeEnd(this.#updating!, ended);
    return engine;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const engine = await this.#engine.catch(() => null);
    await engine?.close();
  }

  /** Unless one is under way. False: there will be none. */
  #startUpdate(): boolean {
    if (!this.#options.updates || this.#closing.signal.aborted) return false;
    const beganAtMs = performance.now();
    this.#updating ??= this.#update().finally(() => {
      this.#updating = null;
      this.#progress = null;
      this.#seenAtMs = beganAtMs;
    });
    return true;
  }

  async #update(): Promise<void> {
    const engine = await this.#engine;
    try {
      const onProgress = (progress: IndexProgress): void => {
        this.#progress = progress;
      };
      const report = await engine.update({ signal: this.#closing.signal, onProgress });
      this.#problem = null;
      if (report.embedded > 0) this.#options.log(`${this.folder}: ${report.functions} functions indexed`);
      if (!report.cancelled) this.#refine(engine);
    } catch (error) {
      // Another process writes this index: it does what is to be done.
      const isLocked = error instanceof KenningError && error.code === 'index-locked';
      const { message } = error as Error;
      this.#problem = isLocked ? null : message;
      if (!isLocked) this.#options.log(`${this.folder}: ${message}`);
    }
  }

  /** Nobody waits for it. One under way takes up what an update brings. */
  #refine(engine: Engine): void {
    const { refined, functions } = engine.status();
    if (this.#isRefining || refined === null || refined >= functions) return;
    this.#isRefining = true;
    engine
      .refine({ signal: this.#closing.signal })
      .catch((error: Error) => this.#options.log(`${this.folder}: ${error.message}`))
      .finally(() => {
        this.#isRefining = false;
      });
  }
}

/** Resolves when the work ends, or `ended` does. */
async function beforeEnd(work: Promise<void>, ended: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const resolve = (): void => over.resolve();
  ended.addEventListener('abort', resolve, { once: true });
  await Promise.race([work, over.promise]);
  ended.removeEventListener('abort', resolve);
}
