/**
 * The editor's side of the service: folders in, states and ranked hits out. It survives the background process,
 * and hides its restarts. One client serves all folders of a window.
 */
import { type CancellationToken, Emitter, type Event, type MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import { askedOf } from '../core/nested-folders.ts';
import type { EngineOptions } from '../engine/api/options.ts';
import type { CollectOptions, CollectReport, VerifyReport } from '../engine/api/repair.ts';
import type { OutlineEntry, OutlineRequest } from '../engine/api/search.ts';
import type { WhyAnswer } from '../engine/api/status.ts';
import { FolderSession } from './folder-session.ts';
import type { FolderState } from './folder-state.ts';
import type { WorkspaceAnswer } from './merge.ts';
import * as protocol from './protocol.ts';
import { type AskFolder, askAll, UserQuestion } from './questions.ts';
import { type ServiceState, Supervisor, type SupervisorOptions } from './supervisor.ts';
import { type UpdateRequest, WHOLE_FOLDER } from './update-request.ts';
import { fromWire } from './wire-errors.ts';
import {
  concerns,
  pathsIn,
  requestIn,
  type WorkspaceRequest,
  type WorkspaceSimilarRequest,
} from './workspace-request.ts';

/** Hits of all folders together, where nobody says how many. */
const SIMILAR_LIMIT = 20;

export interface ServiceClientOptions extends SupervisorOptions {
  /** Absolute paths of the files that an update which begins now is to look at before all others; absent: none. */
  readonly first?: () => readonly string[];
}

export class ServiceClient {
  readonly #supervisor: Supervisor;
  readonly #first: () => readonly string[];
  readonly #folders = new Map<string, FolderSession>();
  readonly #changed = new Emitter<void>();
  #paused = false;
  readonly #question = new UserQuestion();

  constructor(options: ServiceClientOptions) {
    this.#first = options.first ?? (() => []);
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
    const session = known ?? this.#newSession(options);
    // Whatever state the process is in: the next one opens every folder with these, after a restart, too.
    session.setOptions(options);
    this.#folders.set(options.folder, session);
    this.#changed.fire();
    const { live } = this.#supervisor;
    if (this.service === 'failed') session.fail(this.#failure());
    // At once: a search that is asked next must wait for the engine that is to come.
    else if (this.service === 'ready' && live) void session.open(live);
    else this.#supervisor.start();
  }

  closeFolder(folder: string): void {
    const session = this.#folders.get(folder);
    if (!session) return;
    this.#folders.delete(folder);
    session.close();
    this.#changed.fire();
  }

  update(folder: string, request: UpdateRequest): void {
    this.#folders.get(folder)?.update(request);
  }

  /**
   * From now on searches see `text` as the file's content; null: it is as on disk again. `path`: relative to `folder` with
   * `/`. Told again to a process that takes over. A folder that is not open is passed over.
   */
  setUnsaved(folder: string, path: string, text: string | null): void {
    this.#folders.get(folder)?.setUnsaved(path, text);
  }

  /** Of one folder, or of all. */
  cancelUpdates(folder?: string): void {
    for (const session of this.#folders.values()) {
      if (folder === undefined || folder === session.options.folder) session.cancelUpdate();
    }
  }

  /** Removes what is kept of an open folder on disk; it stays open, with an empty index. Rejects with `KenningError`. */
  async deleteIndex(folder: string): Promise<void> {
    await this.#session(folder).deleteIndex();
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    // At once: an update that is asked for next must find the gate closed. A process to come is told when it connects.
    this.#supervisor.live?.sendNotification(protocol.pause, { paused }).catch(() => undefined);
    this.#changed.fire();
  }

  /**
   * Searches every open folder, or those within which the request wants it. Null when a newer search has taken over meanwhile.
   * A folder that cannot answer is a problem in the answer, not an error.
   */
  search(request: WorkspaceRequest): Promise<WorkspaceAnswer | null> {
    return this.#question.ask(this.#concerned(request), request, searchIn(request));
  }

  /**
   * As `search`, for someone else than the user: it neither takes over from the user's question nor gives way to it.
   * A cancelled `token` makes every folder a problem in the answer.
   */
  searchAside(request: WorkspaceRequest, token: CancellationToken): Promise<WorkspaceAnswer> {
    return askAll(this.#concerned(request), request, searchIn(request), token);
  }

  /** Code like `request.code`, of every open folder; otherwise as `search`, which it takes over from and gives way to. */
  similar(request: WorkspaceSimilarRequest): Promise<WorkspaceAnswer | null> {
    const { limit = SIMILAR_LIMIT } = request;
    return this.#question.ask(this.#sessions, { query: '', limit }, (folder, connection, token) =>
      connection.sendRequest(protocol.similar, { folder, ...askedOf(folder, { ...request, limit }) }, token),
    );
  }

  /** The answer of a search under way will be null. */
  cancelSearch(): void {
    this.#question.cancel();
  }

  why(folder: string, file: string): Promise<WhyAnswer> {
    return this.#ask(folder, (connection) => connection.sendRequest(protocol.why, { folder, file }));
  }

  /** As in `Engine.indexedFolders`. */
  indexedFolders(folder: string): Promise<readonly string[]> {
    return this.#ask(folder, (connection) => connection.sendRequest(protocol.indexedFolders, { folder }));
  }

  /** The functions of a text that need not be saved; `folder`: any open one. */
  outline(folder: string, request: OutlineRequest): Promise<readonly OutlineEntry[]> {
    return this.#ask(folder, (connection) => connection.sendRequest(protocol.outline, { folder, ...request }));
  }

  /** Looks at a folder's whole index; what it finds wrong is mended by the update that follows. Rejects with `KenningError`. */
  async verify(folder: string): Promise<VerifyReport> {
    const report = await this.#ask(folder, (connection) => connection.sendRequest(protocol.verify, { folder }));
    if (!report.sound) this.#session(folder).update(WHOLE_FOLDER);
    return report;
  }

  /** Removes indexes that nobody needs from the storage; never one of a folder that is open here. Rejects with `KenningError`. */
  async collect(options: CollectOptions): Promise<CollectReport> {
    const { live } = this.#supervisor;
    if (!live) throw this.#failure();
    try {
      return await live.sendRequest(protocol.collect, { ...options, keep: [...this.#folders.keys()] });
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

  async #ask<T>(folder: string, ask: (connection: MessageConnection) => Promise<T>): Promise<T> {
    const session = this.#session(folder);
    try {
      return await ask(await session.ready());
    } catch (error) {
      throw fromWire(error);
    }
  }

  get #sessions(): readonly FolderSession[] {
    return [...this.#folders.values()];
  }

  #concerned(request: WorkspaceRequest): readonly FolderSession[] {
    return this.#sessions.filter(({ options }) => concerns(request, options.folder));
  }

  #session(folder: string): FolderSession {
    const session = this.#folders.get(folder);
    if (!session) throw new KenningError('folder-not-found', `${folder} is not open.`);
    return session;
  }

  #newSession(options: EngineOptions): FolderSession {
    const first = (): readonly string[] => pathsIn(options.folder, this.#first());
    return new FolderSession(options, () => this.#changed.fire(), first);
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

const searchIn =
  (request: WorkspaceRequest): AskFolder =>
  (folder, connection, token) =>
    connection.sendRequest(protocol.search, { folder, ...requestIn(folder, request) }, token);
