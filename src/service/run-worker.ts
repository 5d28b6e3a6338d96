/**
 * The life of the background process: it works below normal priority, answers its parent over IPC,
 * and never outlives it. What it does is `serve`'s business.
 */
import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { createMessageConnection, IPCMessageWriter } from 'vscode-jsonrpc/node';
import { serve, type WorkerParts } from './serve.ts';
import { TolerantReader } from './tolerant-reader.ts';

const PARENT_CHECK_MS = 2000;
/** The store survives an abrupt end, so a slow close is not waited for. */
const CLOSE_LIMIT_MS = 2000;

export function runWorker(parts: WorkerParts): void {
  lowerPriority();
  const connection = createMessageConnection(new TolerantReader(process), new IPCMessageWriter(process));
  const closeEngines = serve(connection, parts);
  const leave = (): void => {
    setTimeout(() => process.exit(0), CLOSE_LIMIT_MS).unref();
    closeEngines().then(
      () => process.exit(0),
      () => process.exit(0),
    );
  };
  process.once('disconnect', leave);
  watchParent(process.ppid, leave);
  connection.listen();
}

/** `disconnect` tells of most deaths; a channel that another process has inherited would stay silent. */
function watchParent(parent: number, leave: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    leave();
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** Linux has priorities by thread: those that help V8 run already, those that come later get their maker's. */
function lowerPriority(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    if (process.platform !== 'linux') return;
    for (const thread of readdirSync('/proc/self/task'))
      setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some sandboxes forbid it; normal priority then has to do.
  }
}
