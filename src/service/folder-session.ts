/**
 * One workspace folder as the editor sees it: opened in whatever process is alive, updated one request at a time,
 * taken up again after a crash. Holds the state that views show.
 */
import { CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import type { KenningError } from '../core/errors.ts';
import type { EngineOptions, IndexProgress, IndexReport, IndexStatus } from '../engine/api.ts';
import * as protocol from './protocol.ts';
import { mergeUpdates, type UpdateRequest, WHOLE_FOLDER } from './update-request.ts';
import { fromWire } from './wire-errors.ts';

export interface FolderState {
  readonly folder: string;
  /** `closed`: no process has it open (not yet, or it crashed). `failed`: the engine refused the folder. */
  readonly activity: 'closed' | 'opening' | 'idle' | 'updating' | 'failed';
  /** While updating. */
  readonly progress: IndexProgress | null;
  readonly status: IndexStatus | null;
  /** Of the last update that ended. */
  readonly report: IndexReport | null;
  /** Why opening or the last update failed. */
  readonly error: KenningError | null;
}

export class FolderSession {
  readonly #onChange: (state: FolderState) => void;
  #options: EngineOptions;
  #state: FolderState;
  #connection: MessageConnection | null = null;
  #opened = pending();
  #settled = false;
  #queued: UpdateRequest | null = null;
  #running: { readonly source: CancellationTokenSource } | null = null;

  constructor(options: EngineOptions, onChange: (state: FolderState) => void) {
    this.#options = options;
    this.#onChange = onChange;
    this.#state = {
      folder: options.folder,
      activity: 'closed',
      progress: null,
      status: null,
      report: null,
      error: null,
    };
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

  /** Opens the folder in `connection`'s process, with new options if given, and goes on with what was left undone. */
  async open(connection: MessageConnection, options: EngineOptions = this.#options): Promise<void> {
    this.#abandon();
    this.#options = options;
    this.#connection = connection;
    this.#set({ activity: 'opening', progress: null, error: null });
    try {
      const status = await connection.sendRequest(protocol.openFolder, options);
      if (this.#connection !== connection || this.#options !== options) return;
      this.#settle((opened) => opened.resolve(connection));
      this.#set({ activity: 'idle', status });
      this.#startNext();
    } catch (error) {
      if (this.#connection === connection && this.#options === options) this.fail(fromWire(error));
    }
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
    this.#queued = mergeUpdates(this.#queued, request);
    this.#startNext();
  }

  /** Ends the running update between two batches and forgets the waiting one. What is committed stays. */
  cancelUpdate(): void {
    this.#queued = null;
    this.#running?.source.cancel();
  }

  showProgress(progress: IndexProgress): void {
    if (this.#running) this.#set({ progress });
  }

  /** An update under way is due again, for the whole folder since nobody knows how far it got. */
  #abandon(): void {
    if (this.#running) this.#queued = mergeUpdates(this.#queued, WHOLE_FOLDER);
    this.#running = null;
    this.#connection = null;
    if (this.#settled) this.#opened = pending();
    this.#settled = false;
  }

  #settle(how: (opened: PromiseWithResolvers<MessageConnection>) => void): void {
    this.#settled = true;
    how(this.#opened);
  }

  #startNext(): void {
    const connection = this.#connection;
    const request = this.#queued;
    if (!request || !connection || this.#state.activity !== 'idle') return;
    this.#queued = null;
    const running = { source: new CancellationTokenSource() };
    this.#running = running;
    this.#set({ activity: 'updating', progress: null, error: null });
    void this.#run(connection, request, running);
  }

  async #run(
    connection: MessageConnection,
    { paths, rebuild }: UpdateRequest,
    running: { readonly source: CancellationTokenSource },
  ): Promise<void> {
    const params = { folder: this.#options.folder, rebuild, ...(paths && { paths }) };
    let outcome: Partial<FolderState>;
    try {
      outcome = { ...(await connection.sendRequest(protocol.update, params, running.source.token)), error: null };
    } catch (error) {
      outcome = { error: fromWire(error), ...(await this.#askStatus(connection)) };
    }
    running.source.dispose();
    if (this.#running !== running) return;
    this.#running = null;
    this.#set({ ...outcome, activity: 'idle', progress: null });
    this.#startNext();
  }

  /** Another program may hold the index and be filling it. */
  async #askStatus(connection: MessageConnection): Promise<{ status?: IndexStatus }> {
    const { folder } = this.#options;
    try {
      return { status: await connection.sendRequest(protocol.status, { folder }) };
    } catch {
      return {};
    }
  }

  #set(change: Partial<FolderState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onChange(this.#state);
  }
}

function pending(): PromiseWithResolvers<MessageConnection> {
  const opened = Promise.withResolvers<MessageConnection>();
  // Nobody may be waiting when it is rejected; that is no unhandled error.
  opened.promise.catch(() => undefined);
  return opened;
}
