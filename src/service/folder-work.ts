/**
 * What there is to do in one folder, one request at a time: an update that was asked for, then the refining that it leaves.
 * It knows the work that waits and the work under way; opening the folder is `folder-session.ts`'s business.
 */
import { type CancellationToken, CancellationTokenSource, type MessageConnection } from 'vscode-jsonrpc/node';
import type { KenningError } from '../core/errors.ts';
import type { IndexStatus } from '../engine/api/status.ts';
import type { FolderState } from './folder-state.ts';
import * as protocol from './protocol.ts';
import { mergeUpdates, type UpdateRequest, WHOLE_FOLDER } from './update-request.ts';
import { fromWire } from './wire-errors.ts';

/** How often the files and the size of an index that is being made are asked for: they come with no progress. */
const STATUS_MS = 2000;

export interface WorkPlace {
  /** In whose process the folder is open or being opened; null: in none. */
  connection(): MessageConnection | null;
  state(): FolderState;
  /** What an update that begins now is to look at before all else. */
  first(): readonly string[];
  set(change: Partial<FolderState>): void;
  /** Whatever `changes` sets is told once, as it stands at the end. */
  asOne(changes: () => void): void;
  /** The work has failed, or has not (null). Opens the folder anew where that helps, and says whether it does. */
  reopenAfter(error: KenningError | null, connection: MessageConnection): boolean;
}

/** An update or a refining that has been asked for. */
interface Running {
  readonly source: CancellationTokenSource;
  /** Null for a refining. */
  readonly request: UpdateRequest | null;
}

export class FolderWork {
  readonly #place: WorkPlace;
  #queued: UpdateRequest | null = null;
  /** What an update that failed was to cover: due with the next one, as the cause may be over by then. */
  #missed: UpdateRequest | null = null;
  #running: Running | null = null;
  /** An update has ended in order, and what it left to refine has not been begun. */
  #mayRefine = false;
  #statusAtMs = 0;

  constructor(place: WorkPlace) {
    this.#place = place;
  }

  /** Joins the update that waits, if one does. It begins with `startNext`. */
  add(request: UpdateRequest): void {
    this.#queued = mergeUpdates(this.#queued, this.#missed ? mergeUpdates(this.#missed, request) : request);
    this.#missed = null;
  }

  /** Ends what is under way between two batches and forgets what waits. What is committed stays. */
  cancel(): void {
    this.forget();
    this.#running?.source.cancel();
  }

  /** Whatever waits is no longer wanted. */
  forget(): void {
    this.#queued = null;
    this.#missed = null;
  }

  /** The process is gone: an update under way is due again, for the whole folder since nobody knows how far it got. */
  abandon(): void {
    if (this.#running) this.add(WHOLE_FOLDER);
    this.#running = null;
    this.#mayRefine = false;
  }

  /** What a refining that an update has overtaken still has to say is not shown. */
  showProgress(progress: protocol.WorkProgress): void {
    if (!this.#running || (progress.phase === 'refine') !== (this.#place.state().activity === 'refining')) return;
    this.#place.set({ progress });
    const connection = this.#place.connection();
    if (connection && Date.now() - this.#statusAtMs >= STATUS_MS) void this.#followStatus(connection);
  }

  /** Where the folder is open. A waiting update comes first, and does not wait for a refining. */
  startNext(): void {
    const connection = this.#place.connection();
    const { activity, status } = this.#place.state();
    if (!connection || (activity !== 'idle' && activity !== 'refining')) return;
    if (this.#queued) {
      this.#running?.source.cancel();
      void this.#update(connection, this.#queued);
    } else if (activity === 'idle' && this.#mayRefine && isWaiting(status)) {
      void this.#refine(connection);
    }
  }

  async #update(connection: MessageConnection, request: UpdateRequest): Promise<void> {
    const { paths, rebuild } = request;
    this.#queued = null;
    this.#mayRefine = false;
    const first = this.#place.first();
    const params = {
      folder: this.#place.state().folder,
      rebuild,
      ...(paths && { paths }),
      ...(first.length > 0 && { first }),
    };
    await this.#run(connection, request, (token) => connection.sendRequest(protocol.update, params, token));
  }

  async #refine(connection: MessageConnection): Promise<void> {
    // Once for each update: a file that cannot be refined now must not be tried without end.
    this.#mayRefine = false;
    const params = { folder: this.#place.state().folder };
    await this.#run(connection, null, async (token) => {
      const { status } = await connection.sendRequest(protocol.refine, params, token);
      return { status };
    });
  }

  async #run(
    connection: MessageConnection,
    request: UpdateRequest | null,
    ask: (token: CancellationToken) => Promise<Partial<FolderState>>,
  ): Promise<void> {
    const running = { source: new CancellationTokenSource(), request };
    this.#running = running;
    this.#statusAtMs = Date.now();
    this.#place.set({ activity: request ? 'updating' : 'refining', progress: null, error: null });
    let outcome: Partial<FolderState>;
    try {
      outcome = { ...(await ask(running.source.token)), error: null };
    } catch (error) {
      outcome = { error: fromWire(error), ...(await this.#askStatus(connection)) };
    }
    running.source.dispose();
    if (this.#running !== running) return;
    this.#running = null;
    if (request && outcome.error) this.#missed = this.#missed ? mergeUpdates(this.#missed, request) : request;
    if (this.#place.reopenAfter(outcome.error ?? null, connection)) return;
    this.#mayRefine = request !== null && outcome.report?.cancelled === false;
    this.#place.asOne(() => {
      this.#place.set({ ...outcome, activity: 'idle', progress: null });
      this.startNext();
    });
  }

  async #followStatus(connection: MessageConnection): Promise<void> {
    this.#statusAtMs = Date.now();
    const running = this.#running;
    const told = await this.#askStatus(connection);
    if (this.#running === running) this.#place.set(told);
  }

  /** Another program may hold the index and be filling it. */
  async #askStatus(connection: MessageConnection): Promise<{ status?: IndexStatus }> {
    const { folder } = this.#place.state();
    try {
      return { status: await connection.sendRequest(protocol.status, { folder }) };
    } catch {
      return {};
    }
  }
}

/** Whether vectors are left to be refined, by what is known of the index. */
function isWaiting(status: IndexStatus | null): boolean {
  return status !== null && status.refined !== null && status.refined < status.functions;
}
