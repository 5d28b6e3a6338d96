/**
 * The editor's side of the service: folders in, states and ranked hits out. It survives the background process,
 * and hides its restarts. One client serves all folders of a window.
 */
import { CancellationTokenSource, Emitter, type Event, type MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type { EngineOptions, WhyAnswer } from '../engine/api.ts';
import { FolderSession, type FolderState } from './folder-session.ts';
import { type FolderAnswer, mergeAnswers, type WorkspaceAnswer } from './merge.ts';
import * as protocol from './protocol.ts';
import { type ServiceState, Supervisor, type SupervisorOptions } from './supervisor.ts';
import type { UpdateRequest } from './update-request.ts';
import { fromWire } from './wire-errors.ts';
import { requestIn, type WorkspaceRequest } from './workspace-request.ts';

export class ServiceClient {
  readonly #supervisor: Supervisor;
  readonly #folders = new Map<string, FolderSession>();
  readonly #changed = new Emitter<void>();
  #paused = false;
  #searchId = 0;
  #searching: CancellationTokenSource | null = null;

  constructor(options: SupervisorOptions) {
    this.#supervisor = new Supervisor(options);
    this.#supervisor.onDidConnect((connection) => this.#restore(connection));
    this.#supervisor.onDidChangeState((state) => this.#followService(state));
  }

  /** Fires when the service's state, a folder's state or the pause changes. */
  readonly onDidChange: Event<void> = (...args) => this.#changed.event(...args);

  get service(): ServiceState {
    return this.#supervisor.state;
  }

  get pid(): number | undefined {
    return this.#supervisor.pid;
  }

  get folders(): readonly FolderState[] {
    return [...this.#folders.values()].map((session) => session.state);
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Opens a folder, or opens it anew when its options have changed. Starts the process if none runs. */
  openFolder(options: EngineOptions): void {
    const known = this.#folders.get(options.folder);
    const session = known ?? new FolderSession(options, () => this.#changed.fire());
    this.#folders.set(options.folder, session);
    this.#changed.fire();
    if (this.service === 'failed') session.fail(this.#failure());
    else if (this.service === 'ready') void this.#openNow(session, options);
    else {
      // Every folder is opened when the process answers.
      session.setOptions(options);
      this.#supervisor.start();
    }
  }

  closeFolder(folder: string): void {
    const session = this.#folders.get(folder);
    if (!session) return;
    this.#folders.delete(folder);
    session.cancelUpdate();
    this.#changed.fire();
    void closeQuietly(session);
  }

  update(folder: string, request: UpdateRequest): void {
    this.#folders.get(folder)?.update(request);
  }

  cancelUpdates(): void {
    for (const session of this.#folders.values()) session.cancelUpdate();
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    // At once: an update that is asked for next must find the gate closed. A process to come is told when it connects.
    this.#supervisor.live?.sendNotification(protocol.pause, { paused }).catch(() => undefined);
    this.#changed.fire();
  }

  /**
   * Searches every open folder. Null when a newer search has taken over meanwhile.
   * A folder that cannot answer is a problem in the answer, not an error.
   */
  async search(request: WorkspaceRequest): Promise<WorkspaceAnswer | null> {
    this.cancelSearch();
    const id = this.#searchId;
    const source = new CancellationTokenSource();
    this.#searching = source;
    const sessions = [...this.#folders.values()];
    const answers = await Promise.all(sessions.map((session) => searchFolder(session, request, source)));
    return id === this.#searchId ? mergeAnswers(request.query, answers, request.limit) : null;
  }

  /** The answer of a search under way will be null. */
  cancelSearch(): void {
    this.#searchId++;
    this.#searching?.cancel();
    this.#searching = null;
  }

  async why(folder: string, file: string): Promise<WhyAnswer> {
    const session = this.#folders.get(folder);
    if (!session) throw new KenningError('folder-not-found', `${folder} is not open.`);
    try {
      return await (await session.ready()).sendRequest(protocol.why, { folder, file });
    } catch (error) {
      throw fromWire(error);
    }
  }

  /** Starts the process anew, whatever state it is in. */
  async restart(): Promise<void> {
    await this.#supervisor.restart();
  }

  async stop(): Promise<void> {
    this.cancelSearch();
    await this.#supervisor.stop();
  }

  async #openNow(session: FolderSession, options: EngineOptions): Promise<void> {
    await session.open(await this.#supervisor.connection(), options);
  }

  #restore(connection: MessageConnection): void {
    connection.onNotification(protocol.progress, ({ folder, progress }) => {
      this.#folders.get(folder)?.showProgress(progress);
    });
    if (this.#paused) connection.sendNotification(protocol.pause, { paused: true }).catch(() => undefined);
    for (const session of this.#folders.values()) void session.open(connection);
  }

  #followService(state: ServiceState): void {
    for (const session of this.#folders.values()) {
      if (state !== 'ready') session.lose();
      if (state === 'stopped' || state === 'failed') session.fail(this.#failure());
    }
    this.#changed.fire();
  }

  #failure(): KenningError {
    return this.#supervisor.failure ?? new KenningError('engine-stopped', 'The search engine does not run.');
  }
}

/** A folder that never opened, or whose process has gone, is closed already. */
async function closeQuietly(session: FolderSession): Promise<void> {
  try {
    await (await session.ready()).sendRequest(protocol.closeFolder, { folder: session.options.folder });
  } catch {
    return;
  }
}

async function searchFolder(
  session: FolderSession,
  request: WorkspaceRequest,
  source: CancellationTokenSource,
): Promise<FolderAnswer> {
  const { folder } = session.options;
  try {
    const connection = await session.ready();
    const answer = await connection.sendRequest(
      protocol.search,
      { folder, ...requestIn(folder, request) },
      source.token,
    );
    return { folder, answer };
  } catch (error) {
    return { folder, answer: fromWire(error) };
  }
}
