/**
 * Keeps one background process alive: starts it, restarts it after a crash, gives up with one clear error, and ends it
 * in order. It knows the process and the connection, nothing of folders or searches.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import {
  createMessageConnection,
  Emitter,
  type Event,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import { greet, PROTOCOL_VERSION, shutdown } from './protocol.ts';
import { MAX_RESTARTS, restartDelayMs, WINDOW_MS } from './restart-policy.ts';

/** `failed`: it crashed too often and stays down until `restart`. */
export type ServiceState = 'stopped' | 'starting' | 'ready' | 'restarting' | 'failed';

export interface SupervisorOptions {
  /** Absolute path of the script to fork. */
  readonly workerPath: string;
  readonly log: (line: string) => void;
}

/** Parsing makes much short-lived garbage: a large nursery only spreads it over 100 MB more. */
const ENGINE_FLAGS = ['--max-semi-space-size=8'];
/** Of glibc, which else keeps what each of the engine's threads has freed for that thread: 50 MB while refining. */
const ENGINE_ALLOCATION = { MALLOC_ARENA_MAX: '2' };
/** How long an orderly end may take before the process is killed. VS Code itself waits five seconds. */
const SHUTDOWN_LIMIT_MS = 3000;

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
    if (child) await end(child, live);
    live?.dispose();
  }

  #launch(state: ServiceState): void {
    this.#failure = null;
    this.#setState(state);
    const child = forkWorker(this.#options);
    this.#child = child;
    this.#options.log(`Started the background process ${child.pid}.`);
    child.once('error', (error) => {
      this.#options.log(`The background process: ${error.message}`);
      // It could not be started, and of such a one no end is told.
      if (this.#child === child && child.pid === undefined) this.#crashed(error.message);
    });
    child.once('exit', (code, signal) => {
      if (this.#child === child) this.#crashed(signal ?? `exit code ${code}`);
    });
    const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
    connection.onError(([error]) => this.#options.log(`The channel to the background process: ${error.message}`));
    connection.listen();
    this.#meet(child, connection).catch((error: Error) => {
      this.#options.log(error.message);
      child.kill('SIGKILL');
    });
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

function forkWorker({ workerPath, log }: SupervisorOptions): ChildProcess {
  const child = fork(workerPath, [], {
    // The editor's executable is Electron: without the variable it would open a window.
    env: { ...ENGINE_ALLOCATION, ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1', NODE_OPTIONS: '' },
    execPath: process.execPath,
    execArgv: ENGINE_FLAGS,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', log);
  return child;
}

async function end(child: ChildProcess, connection: MessageConnection | null): Promise<void> {
  // Not `close`: Node never fires it for a child whose channel the parent has closed.
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.exitCode !== null || child.signalCode !== null) return;
  const kill = setTimeout(() => child.kill('SIGKILL'), SHUTDOWN_LIMIT_MS);
  try {
    await Promise.race([connection?.sendRequest(shutdown), gone]);
  } catch {
    // It is ending all the same.
  }
  if (child.connected) child.disconnect();
  else child.kill();
  await gone;
  clearTimeout(kill);
}
