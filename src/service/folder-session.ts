/**
 * One workspace folder as the editor sees it: opened in whatever process is alive, and again after a crash or where its
 * index is damaged. Holds the state that views show; what is to be done in the folder is `folder-work.ts`'s business.
 */
import type { MessageConnection } from 'vscode-jsonrpc/node';
import type { KenningError } from '../core/errors.ts';
import type { EngineOptions } from '../engine/api/options.ts';
import { closedState, type FolderState, isOpen } from './folder-state.ts';
import { FolderWork } from './folder-work.ts';
import * as protocol from './protocol.ts';
import { type UpdateRequest, WHOLE_FOLDER } from './update-request.ts';
import { fromWire } from './wire-errors.ts';

/** After so long another attempt may find what stood in the way gone. */
const REOPEN_MS = 10_000;

export class FolderSession {
  readonly #onChange: (state: FolderState) => void;
  readonly #work: FolderWork;
  #options: EngineOptions;
  #state: FolderState;
  #connection: MessageConnection | null = null;
  #opened = pending();
  #settled = false;
  /** By path, what editors hold: told to each process anew. */
  readonly #unsaved = new Map<string, string>();
  /** When it was opened anew because of damage, unless an update has gone through since. */
  #reopenedAtMs = Number.NEGATIVE_INFINITY;
  /** Changes that follow are told as one. */
  #gathering = false;

  /** `first`: what an update that begins now is to look at before all else. */
  constructor(
    options: EngineOptions,
    onChange: (state: FolderState) => void,
    first: () => readonly string[] = () => [],
  ) {
    this.#options = options;
    this.#onChange = onChange;
    this.#state = closedState(options.folder);
    this.#work = new FolderWork({
      connection: () => this.#connection,
      state: () => this.#state,
      first,
      set: (change) => this.#set(change),
      asOne: (changes) => this.#asOne(changes),
      reopenAfter: (error, connection) => this.#reopenAfter(error, connection),
    });
  }

  get state(): FolderState {
    return this.#state;
  }

  get options(): EngineOptions {
    return this.#options;
  }

  /** For the next `open`. */
  setOptions(options: EngineOptions): void {
    this.#options = options;
  }

  /** Opens the folder in `connection`'s process, and goes on with what was left undone. */
  async open(connection: MessageConnection): Promise<void> {
    const options = this.#options;
    this.#abandon();
    this.#connection = connection;
    this.#set({ activity: 'opening', progress: null, error: null });
    try {
      const status = await connection.sendRequest(protocol.openFolder, options);
      if (this.#connection !== connection || this.#options !== options) return;
      this.#settle((opened) => opened.resolve(connection));
      this.#asOne(() => {
        this.#set({ activity: 'idle', status });
        for (const [path, text] of this.#unsaved) this.#tellUnsaved(path, text);
        this.#work.startNext();
      });
    } catch (error) {
      if (this.#connection !== connection || this.#options !== options) return;
      const reason = fromWire(error);
      if (this.#mayReopen(reason)) await this.#reopen(connection);
      else this.fail(reason);
    }
  }

  /** For good. At once, though it may still be opening there: whoever opens the folder again asks for that later. */
  close(): void {
    this.cancelUpdate();
    // A process that has gone has closed it.
    this.#connection?.sendRequest(protocol.closeFolder, { folder: this.#options.folder }).catch(() => undefined);
  }

  /** The process is gone; whoever waits for the folder waits for the next one. */
  lose(): void {
    this.#abandon();
    this.#set({ activity: 'closed', progress: null });
  }

  /** The folder will not open: whoever waits is told so. */
  fail(error: KenningError): void {
    this.#settle((opened) => opened.reject(error));
    this.#set({ activity: 'failed', progress: null, error });
  }

  /** The connection in whose process the folder is open; waits while it is being opened. */
  ready(): Promise<MessageConnection> {
    return this.#opened.promise;
  }

  /** Joins the update that waits, if one does; its outcome shows in the state. */
  update(request: UpdateRequest): void {
    this.#work.add(request);
    this.#work.startNext();
  }

  /** Told at once where the folder is open, else when it will be. */
  setUnsaved(path: string, text: string | null): void {
    if (text === null) this.#unsaved.delete(path);
    else this.#unsaved.set(path, text);
    if (isOpen(this.#state)) this.#tellUnsaved(path, text);
  }

  /**
   * Removes what is kept of the folder on disk and opens it anew, empty; what was asked for before is forgotten. Rejects
   * with `index-locked` and the like: the folder is then opened as it was.
   */
  async deleteIndex(): Promise<void> {
    const connection = await this.ready();
    this.cancelUpdate();
    this.#abandon();
    this.#set({ activity: 'opening', progress: null, report: null, error: null });
    try {
      await connection.sendRequest(protocol.deleteIndex, { folder: this.#options.folder });
    } catch (error) {
      throw fromWire(error);
    } finally {
      this.#work.forget();
      // A process that has died meanwhile is followed by one that opens the folder by itself.
      if (this.#state.activity === 'opening' && !this.#connection) await this.open(connection);
    }
  }

  /** Ends the running update or refining between two batches and forgets the waiting one. What is committed stays. */
  cancelUpdate(): void {
    this.#work.cancel();
  }

  showProgress(progress: protocol.WorkProgress): void {
    this.#work.showProgress(progress);
  }

  #reopenAfter(error: KenningError | null, connection: MessageConnection): boolean {
    if (!error) this.#reopenedAtMs = Number.NEGATIVE_INFINITY;
    if (!error || !this.#mayReopen(error)) return false;
    void this.#reopen(connection);
    return true;
  }

  #abandon(): void {
    this.#work.abandon();
    this.#connection = null;
    if (this.#settled) this.#opened = pending();
    this.#settled = false;
  }

  #tellUnsaved(path: string, text: string | null): void {
    const { folder } = this.#options;
    // A process that has gone is told nothing; the next one is.
    this.#connection?.sendNotification(protocol.unsaved, { folder, path, text }).catch(() => undefined);
  }

  #settle(how: (opened: PromiseWithResolvers<MessageConnection>) => void): void {
    this.#settled = true;
    how(this.#opened);
  }

  /**
   * The engine sets a damaged index aside when it opens it, unless another process writes it just then; damage that comes
   * back at once is not its own.
   */
  #mayReopen({ code }: KenningError): boolean {
    return code === 'index-unreadable' && performance.now() - this.#reopenedAtMs >= REOPEN_MS;
  }

  async #reopen(connection: MessageConnection): Promise<void> {
    this.#reopenedAtMs = performance.now();
    this.#work.add(WHOLE_FOLDER);
    await this.open(connection);
  }

  #set(change: Partial<FolderState>): void {
    this.#state = { ...this.#state, ...change };
    if (!this.#gathering) this.#onChange(this.#state);
  }

  /** Nobody sees what lies between: a folder that ends one thing and begins the next was never at rest. */
  #asOne(changes: () => void): void {
    this.#gathering = true;
    try {
      changes();
    } finally {
      this.#gathering = false;
    }
    this.#onChange(this.#state);
  }
}

function pending(): PromiseWithResolvers<MessageConnection> {
  const opened = Promise.withResolvers<MessageConnection>();
  // Nobody may be waiting when it is rejected; that is no unhandled error.
  opened.promise.catch(() => undefined);
  return opened;
}
