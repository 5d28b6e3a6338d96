/**
 * One workspace folder as the editor sees it: opened in whatever process is alive, updated one request at a time,
 * taken up again after a crash. Holds the state that views show.
 */
import { type CancellationToken, CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import type { KenningError } from '../core/errors.ts';
import type { EngineOptions, IndexReport, IndexStatus } from '../engine/api.ts';
import * as protocol from './protocol.ts';
import { mergeUpdates, type UpdateRequest, WHOLE_FOLDER } from './update-request.ts';
import { fromWire } from './wire-errors.ts';

export interface FolderState {
  readonly folder: string;
  /**
   * `closed`: no process has it open (not yet, or it crashed). `failed`: the engine refused the folder. `refining`: the
   * index is up to date, and its vectors are being replaced by better ones.
   */
  readonly activity: 'closed' | 'opening' | 'idle' | 'updating' | 'refining' | 'failed';
  /** While updating or refining. */
  readonly progress: protocol.WorkProgress | null;
  readonly status: IndexStatus | null;
  /** Of the last update that ended. */
  readonly report: IndexReport | null;
  /** Why opening, the last update or the last refining failed. */
  readonly error: KenningError | null;
}

const OPEN: ReadonlySet<FolderState['activity']> = new Set(['idle', 'updating', 'refining']);

/** How often the files and the size of an index that is being made are asked for: they come with no progress. */
const STATUS_MS = 2000;

/** An update or a refining that has been asked for. */
interface Running {
  readonly source: CancellationTokenSource;
}

export class FolderSession {
  readonly #onChange: (state: FolderState) => void;
  readonly #first: () => readonly string[];
  #options: EngineOptions;
  #state: FolderState;
  #connection: MessageConnection | null = null;
  #opened = pending();
  #settled = false;
  /** By path, what editors hold: told to each process anew. */
  readonly #unsaved = new Map<string, string>();
  #queued: UpdateRequest | null = null;
  #running: Running | null = null;
  /** An update has ended in order, and what it left to refine has not been begun. */
  #mayRefine = false;
  #statusAtMs = 0;
  /** Opened anew because of damage, and no update has gone through since. */
  #reopened = false;

  /** `first`: what an update that begins now is to look at before all else. */
  constructor(
    options: EngineOptions,
    onChange: (state: FolderState) => void,
    first: () => readonly string[] = () => [],
  ) {
    this.#first = first;
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
      for (const [path, text] of this.#unsaved) this.#tellUnsaved(path, text);
      this.#startNext();
    } catch (error) {
      if (this.#connection !== connection || this.#options !== options) return;
      const reason = fromWire(error);
      if (this.#mayReopen(reason)) await this.#reopen(connection);
      else this.fail(reason);
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

  /** Told at once where the folder is open, else when it will be. */
  setUnsaved(path: string, text: string | null): void {
    if (text === null) this.#unsaved.delete(path);
    else this.#unsaved.set(path, text);
    if (OPEN.has(this.#state.activity)) this.#tellUnsaved(path, text);
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
      this.#queued = null;
      // A process that has died meanwhile is followed by one that opens the folder by itself.
      if (this.#state.activity === 'opening' && !this.#connection) await this.open(connection);
    }
  }

  /** Ends the running update or refining between two batches and forgets the waiting one. What is committed stays. */
  cancelUpdate(): void {
    this.#queued = null;
    this.#running?.source.cancel();
  }

  /** What a refining that an update has overtaken still has to say is not shown. */
  showProgress(progress: protocol.WorkProgress): void {
    const { activity } = this.#state;
    if (!this.#running || (progress.phase === 'refine') !== (activity === 'refining')) return;
    this.#set({ progress });
    if (this.#connection && Date.now() - this.#statusAtMs >= STATUS_MS) void this.#followStatus(this.#connection);
  }

  /** An update under way is due again, for the whole folder since nobody knows how far it got. */
  #abandon(): void {
    if (this.#running) this.#queued = mergeUpdates(this.#queued, WHOLE_FOLDER);
    this.#running = null;
    this.#mayRefine = false;
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

  /** A waiting update comes first, and does not wait for a refining. */
  #startNext(): void {
    const connection = this.#connection;
    const { activity } = this.#state;
    if (!connection || (activity !== 'idle' && activity !== 'refining')) return;
    if (this.#queued) {
      this.#running?.source.cancel();
      void this.#update(connection, this.#queued);
    } else if (activity === 'idle' && this.#mayRefine && isWaiting(this.#state.status)) {
      void this.#refine(connection);
    }
  }

  async #update(connection: MessageConnection, { paths, rebuild }: UpdateRequest): Promise<void> {
    this.#queued = null;
    this.#mayRefine = false;
    const first = this.#first();
    const params = {
      folder: this.#options.folder,
      rebuild,
      ...(paths && { paths }),
      ...(first.length > 0 && { first }),
    };
    await this.#run(connection, 'updating', (token) => connection.sendRequest(protocol.update, params, token));
  }

  async #refine(connection: MessageConnection): Promise<void> {
    // Once for each update: a file that cannot be refined now must not be tried without end.
    this.#mayRefine = false;
    const params = { folder: this.#options.folder };
    await this.#run(connection, 'refining', async (token) => {
      const { status } = await connection.sendRequest(protocol.refine, params, token);
      return { status };
    });
  }

  async #run(
    connection: MessageConnection,
    activity: 'updating' | 'refining',
    request: (token: CancellationToken) => Promise<Partial<FolderState>>,
  ): Promise<void> {
    const running = { source: new CancellationTokenSource() };
    this.#running = running;
    this.#statusAtMs = Date.now();
    this.#set({ activity, progress: null, error: null });
    let outcome: Partial<FolderState>;
    try {
      outcome = { ...(await request(running.source.token)), error: null };
    } catch (error) {
      outcome = { error: fromWire(error), ...(await this.#askStatus(connection)) };
    }
    running.source.dispose();
    if (this.#running !== running) return;
    this.#running = null;
    if (outcome.error && this.#mayReopen(outcome.error)) return this.#reopen(connection);
    if (!outcome.error) this.#reopened = false;
    this.#mayRefine = activity === 'updating' && outcome.report?.cancelled === false;
    this.#set({ ...outcome, activity: 'idle', progress: null });
    this.#startNext();
  }

  async #followStatus(connection: MessageConnection): Promise<void> {
    this.#statusAtMs = Date.now();
    const running = this.#running;
    const told = await this.#askStatus(connection);
    if (this.#running === running) this.#set(told);
  }

  /** The engine sets a damaged index aside when it opens it; damage that comes back at once is not its own. */
  #mayReopen({ code }: KenningError): boolean {
    return code === 'index-unreadable' && !this.#reopened;
  }

  async #reopen(connection: MessageConnection): Promise<void> {
    this.#reopened = true;
    this.#queued = mergeUpdates(this.#queued, WHOLE_FOLDER);
    await this.open(connection);
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

/** Whether vectors are left to be refined, by what is known of the index. */
function isWaiting(status: IndexStatus | null): boolean {
  return status !== null && status.refined !== null && status.refined < status.functions;
}

function pending(): PromiseWithResolvers<MessageConnection> {
  const opened = Promise.withResolvers<MessageConnection>();
  // Nobody may be waiting when it is rejected; that is no unhandled error.
  opened.promise.catch(() => undefined);
  return opened;
}
