/**
 * Keeps one background process alive: starts it, restarts it after a crash, gives up with one clear error, and ends it
 * in order. It knows the process and the connection, nothing of folders or searches.
 */
import type { ChildProcess } from 'node:child_process';
import {
  createMessageConnection,
  Emitter,
  type Event,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import { greet, PROTOCOL_VERSION } from './protocol.ts';
import { MAX_RESTARTS, restartDelayMs, WINDOW_MS } from './restart-policy.ts';
import { endWorker, forkWorker } from './worker-process.ts';

/** `failed`: it crashed too often and stays down until `restart`. */
export type ServiceState = 'stopped' | 'starting' | 'ready' | 'restarting' | 'failed';

export interface SupervisorOptions {
  /** Absolute path of the script to fork. */
  readonly workerPath: string;
  readonly log: (line: string) => void;
  /** How long a new process may take to answer before it is ended like one that crashed; absent: a minute. */
  readonly answerLimitMs?: number;
}

/** A second or two is usual; a slow disk with a virus scanner takes more. */
const ANSWER_LIMIT_MS = 60_000;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #changed = new Emitter<ServiceState>();
  readonly #connected = new Emitter<MessageConnection>();
  #state: ServiceState = 'stopped';
  #child: ChildProcess | null = null;
  #live: MessageConnection | null = null;
  #restarts: number[] = [];
  #retry: NodeJS.Timeout | undefined;
  #failure: KenningError | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Why there is no process, in the states `failed` and `stopped`. */
  get failure(): KenningError | null {
    return this.#failure;
  }

  /** The process's id while one runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  readonly onDidChangeState: Event<ServiceState> = (...args) => this.#changed.event(...args);
  /** Fires with each new process, before the state says that it is ready. */
  readonly onDidConnect: Event<MessageConnection> = (...args) => this.#connected.event(...args);

  /** The connection of the process that runs and has answered. */
  get live(): MessageConnection | null {
    return this.#live;
  }

  start(): void {
    if (this.#state === 'stopped') this.#launch('starting');
  }

  /** Starts over with a clean slate; the way out of `failed`. */
  async restart(): Promise<void> {
    await this.stop();
    this.#restarts = [];
    this.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#retry);
    const [child, live] = [this.#child, this.#live];
    // Not after the process has ended: there may be a new one by then, with a connection of its own.
    [this.#child, this.#live] = [null, null];
    this.#failure = new KenningError('engine-stopped', 'The search engine was stopped.');
    this.#setState('stopped');
    if (child) await endWorker(child, live);
    live?.dispose();
  }

  #launch(state: ServiceState): void {
    this.#failure = null;
    this.#setState(state);
    const { workerPath, log } = this.#options;
    const child = forkWorker(workerPath, log);
    this.#child = child;
    log(`Started the background process ${child.pid}.`);
    child.once('error', (error) => {
      log(`The background process: ${error.message}`);
      // It could not be started, and of such a one no end is told.
      if (this.#child === child && child.pid === undefined) this.#crashed(error.message);
    });
    child.once('exit', (code, signal) => {
      if (this.#child === child) this.#crashed(signal ?? `exit code ${code}`);
    });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.onError(([error]) => log(`The channel to the background process: ${error.message}`));
    connection.listen();
    this.#meetOrEnd(child, connection);
  }

  /** One that speaks otherwise, or never, is ended: what follows is what follows a crash. */
  #meetOrEnd(child: ChildProcess, connection: MessageConnection): void {
    const { log, answerLimitMs = ANSWER_LIMIT_MS } = this.#options;
    const giveUp = (why: string): void => {
      log(why);
      child.kill('SIGKILL');
    };
    const silent = `The background process ${child.pid} has not answered for ${answerLimitMs / 1000} s.`;
    const limit = setTimeout(() => giveUp(silent), answerLimitMs);
    child.once('exit', () => clearTimeout(limit));
    this.#meet(child, connection)
      .catch((error: Error) => giveUp(error.message))
      .finally(() => clearTimeout(limit));
  }

  async #meet(child: ChildProcess, connection: MessageConnection): Promise<void> {
    const { protocol } = await connection.sendRequest(greet);
    if (protocol !== PROTOCOL_VERSION) throw new Error(`The background process speaks protocol ${protocol}.`);
    if (this.#child !== child) return connection.dispose();
    this.#live = connection;
    this.#connected.fire(connection);
    this.#setState('ready');
  }

  #crashed(how: string): void {
    this.#child = null;
    this.#options.log(`The background process ended: ${how}.`);
    const delayMs = restartDelayMs(this.#restarts, Date.now());
    // State first: whoever sees the rejected answers can then tell whether a new process is coming.
    if (delayMs === null) this.#failure = gaveUp(how);
    this.#setState(delayMs === null ? 'failed' : 'restarting');
    this.#loseConnection();
    if (delayMs === null) return;
    this.#retry = setTimeout(() => {
      this.#restarts.push(Date.now());
      this.#launch('restarting');
    }, delayMs);
  }

  /** Rejects whatever was asked and not yet answered. */
  #loseConnection(): void {
    const connection = this.#live;
    this.#live = null;
    connection?.dispose();
  }

  #setState(state: ServiceState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.fire(state);
  }
}

function gaveUp(how: string): KenningError {
  const minutes = WINDOW_MS / 60_000;
  return new KenningError(
    'engine-crashed',
    `The search engine ended unexpectedly more than ${MAX_RESTARTS} times in ${minutes} minutes (last: ${how}).`,
  );
}
