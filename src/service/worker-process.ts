/** The background process as the system sees it: how it is begun, and how it is ended. */
import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { shutdown } from './protocol.ts';

/** Parsing makes much short-lived garbage: a large nursery only spreads it over 100 MB more. */
const ENGINE_FLAGS = ['--max-semi-space-size=8'];
/** Of glibc, which else keeps what each of the engine's threads has freed for that thread: 50 MB while refining. */
const ENGINE_ALLOCATION = { MALLOC_ARENA_MAX: '2' };
/** How long an orderly end may take before the process is killed. VS Code itself waits five seconds. */
const SHUTDOWN_LIMIT_MS = 3000;

/** `workerPath`: absolute. `log`: told each line that it writes. */
export function forkWorker(workerPath: string, log: (line: string) => void): ChildProcess {
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

/** In order, and by force where that takes too long. Resolves when it has gone. */
export async function endWorker(child: ChildProcess, connection: MessageConnection | null): Promise<void> {
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
