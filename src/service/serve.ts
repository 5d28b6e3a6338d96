/**
 * The background process's side of the protocol: one engine per folder, opened on request.
 * It keeps no settings of its own; whoever restarts the process opens the folders anew.
 */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type { Engine, EngineOptions, IndexProgress, IndexStatus, RefineOptions } from '../engine/api.ts';
import { createPauseGate, type PauseGate } from './pause-gate.ts';
import * as protocol from './protocol.ts';
import { throttle } from './throttle.ts';
import { toWire } from './wire-errors.ts';

export type OpenEngine = (options: EngineOptions) => Promise<Engine>;

const PROGRESS_INTERVAL_MS = 100;

interface OpenFolder {
  readonly engine: Promise<Engine>;
  readonly closing: AbortController;
  /** Updates and refinings under way. */
  readonly work: Set<Promise<unknown>>;
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
      folders.set(options.folder, { engine, closing: new AbortController(), work: new Set() });
      return (await engine).status();
    }),
  );
  connection.onRequest(protocol.closeFolder, ({ folder }) => wired(() => close(folders, folder)));
  connection.onRequest(protocol.update, ({ folder, paths, rebuild }, token) => {
    const scope = { ...(paths && { paths }), ...(rebuild && { rebuild }) };
    return wired(() =>
      runWork(find(folders, folder), { connection, gate, token, folder }, (engine, options) =>
        engine.update({ ...options, ...scope }),
      ),
    );
  });
  connection.onRequest(protocol.refine, ({ folder }, token) =>
    wired(() =>
      runWork(find(folders, folder), { connection, gate, token, folder }, (engine, options) => engine.refine(options)),
    ),
  );
  connection.onRequest(protocol.status, ({ folder }) =>
    wired(async () => (await find(folders, folder).engine).status()),
  );
  connection.onRequest(protocol.search, ({ folder, ...request }, token) =>
    wired(async () => {
      const engine = await find(folders, folder).engine;
      if (token.isCancellationRequested) throw new KenningError('cancelled', 'A newer search took over.');
      return engine.search(request, signalOf(token));
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

/** Updates and refinings end first, between two batches. */
async function close(folders: OpenFolders, folder: string): Promise<void> {
  const open = folders.get(folder);
  if (!open) return;
  folders.delete(folder);
  open.closing.abort();
  await Promise.allSettled(open.work);
  const engine = await open.engine.catch(() => null);
  await engine?.close();
}

interface WorkContext {
  readonly connection: MessageConnection;
  readonly gate: PauseGate;
  readonly token: CancellationToken;
  readonly folder: string;
}

/** `work`: an update or a refining, held by the pause, ended by the request's token or with the folder, its progress told. */
async function runWork<Report>(
  open: OpenFolder,
  { connection, gate, token, folder }: WorkContext,
  work: (engine: Engine, options: Required<RefineOptions>) => Promise<Report>,
): Promise<{ report: Report; status: IndexStatus }> {
  const engine = await open.engine;
  const signal = AbortSignal.any([open.closing.signal, signalOf(token)]);
  // A parent that has gone is `run-worker`'s business; the work ends in order.
  const tell = async (value: IndexProgress): Promise<void> =>
    connection.sendNotification(protocol.progress, { folder, progress: value });
  const progress = throttle<IndexProgress>((value) => {
    tell(value).catch(() => undefined);
  }, PROGRESS_INTERVAL_MS);
  const run = async (): Promise<Report> => {
    // A small folder is a single batch: a pause holds it too.
    await gate.pass(signal);
    return work(engine, { signal, onProgress: progress.push, gate: () => gate.pass(signal) });
  };
  const running = run();
  open.work.add(running);
  try {
    const report = await running;
    progress.flush();
    return { report, status: engine.status() };
  } finally {
    open.work.delete(running);
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
