/**
 * The background process's side of the protocol: one engine per folder, opened on request.
 * It keeps no settings of its own; whoever restarts the process opens the folders anew.
 */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type { Engine, EngineOptions, IndexProgress, IndexReport } from '../engine/api.ts';
import { createPauseGate, type PauseGate } from './pause-gate.ts';
import * as protocol from './protocol.ts';
import { throttle } from './throttle.ts';
import { toWire } from './wire-errors.ts';

export type OpenEngine = (options: EngineOptions) => Promise<Engine>;

const PROGRESS_INTERVAL_MS = 100;

interface OpenFolder {
  readonly engine: Promise<Engine>;
  readonly closing: AbortController;
  readonly updates: Set<Promise<unknown>>;
}

type OpenFolders = Map<string, OpenFolder>;

/** Answers on `connection` until it closes. The returned function closes every engine. */
export function serve(connection: MessageConnection, openEngine: OpenEngine): () => Promise<void> {
  const folders: OpenFolders = new Map();
  const gate = createPauseGate();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...folders.keys()].map((folder) => close(folders, folder)));
  };

  connection.onRequest(protocol.greet, () => ({ protocol: protocol.PROTOCOL_VERSION, pid: process.pid }));
  connection.onRequest(protocol.openFolder, (options) =>
    wired(async () => {
      await close(folders, options.folder);
      const engine = openEngine(options);
      folders.set(options.folder, { engine, closing: new AbortController(), updates: new Set() });
      return (await engine).status();
    }),
  );
  connection.onRequest(protocol.closeFolder, ({ folder }) => wired(() => close(folders, folder)));
  connection.onRequest(protocol.update, (params, token) =>
    wired(() => runUpdate(find(folders, params.folder), params, { connection, gate, token })),
  );
  connection.onRequest(protocol.status, ({ folder }) =>
    wired(async () => (await find(folders, folder).engine).status()),
  );
  connection.onRequest(protocol.search, ({ folder, query, limit }, token) =>
    wired(async () => {
      const engine = await find(folders, folder).engine;
      if (token.isCancellationRequested) throw new KenningError('cancelled', 'A newer search took over.');
      return engine.search({ query, limit }, signalOf(token));
    }),
  );
  connection.onRequest(protocol.why, ({ folder, file }) =>
    wired(async () => (await find(folders, folder).engine).why(file)),
  );
  connection.onRequest(protocol.shutdown, () => wired(closeAll));
  connection.onNotification(protocol.pause, ({ paused }) => gate.setPaused(paused));
  return closeAll;
}

function find(folders: OpenFolders, folder: string): OpenFolder {
  const open = folders.get(folder);
  if (!open) throw new KenningError('engine-stopped', `No engine is open for ${folder}.`);
  return open;
}

/** Updates end first, between two batches. */
async function close(folders: OpenFolders, folder: string): Promise<void> {
  const open = folders.get(folder);
  if (!open) return;
  folders.delete(folder);
  open.closing.abort();
  await Promise.allSettled(open.updates);
  const engine = await open.engine.catch(() => null);
  await engine?.close();
}

interface UpdateContext {
  readonly connection: MessageConnection;
  readonly gate: PauseGate;
  readonly token: CancellationToken;
}

async function runUpdate(
  open: OpenFolder,
  { folder, paths, rebuild }: protocol.UpdateParams,
  { connection, gate, token }: UpdateContext,
): Promise<protocol.UpdateResult> {
  const engine = await open.engine;
  const signal = AbortSignal.any([open.closing.signal, signalOf(token)]);
  // A parent that has gone is `run-worker`'s business; the update ends in order.
  const tell = async (value: IndexProgress): Promise<void> =>
    connection.sendNotification(protocol.progress, { folder, progress: value });
  const progress = throttle<IndexProgress>((value) => {
    tell(value).catch(() => undefined);
  }, PROGRESS_INTERVAL_MS);
  const update = async (): Promise<IndexReport> => {
    // A small folder is a single batch: a pause holds it too.
    await gate.pass(signal);
    return engine.update({
      signal,
      onProgress: progress.push,
      gate: () => gate.pass(signal),
      ...(paths && { paths }),
      ...(rebuild && { rebuild }),
    });
  };
  const updating = update();
  open.updates.add(updating);
  try {
    const report = await updating;
    progress.flush();
    return { report, status: engine.status() };
  } finally {
    open.updates.delete(updating);
  }
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

async function wired<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    throw toWire(error);
  }
}
