/**
 * The background process's side of the protocol: one engine per folder, opened on request.
 * It keeps no settings of its own; whoever restarts the process opens the folders anew.
 */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type {
  CollectOptions,
  CollectReport,
  Engine,
  EngineOptions,
  IndexProgress,
  IndexStatus,
  RefineOptions,
} from '../engine/api.ts';
import { createPauseGate, type PauseGate } from './pause-gate.ts';
import * as protocol from './protocol.ts';
import { throttle } from './throttle.ts';
import { toWire } from './wire-errors.ts';

export type OpenEngine = (options: EngineOptions) => Promise<Engine>;
export type Collect = (options: CollectOptions) => CollectReport;

const PROGRESS_INTERVAL_MS = 100;

interface OpenFolder {
  readonly engine: Promise<Engine>;
  readonly closing: AbortController;
  /** Updates and refinings under way. */
  readonly work: Set<Promise<unknown>>;
}

type OpenFolders = Map<string, OpenFolder>;

/** Answers on `connection` until it closes. The returned function closes every engine. */
export function serve(connection: MessageConnection, openEngine: OpenEngine, collect: Collect): () => Promise<void> {
  const folders: OpenFolders = new Map();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...folders.keys()].map((folder) => close(folders, folder)));
  };
  connection.onRequest(protocol.greet, () => ({ protocol: protocol.PROTOCOL_VERSION, pid: process.pid }));
  connection.onRequest(protocol.shutdown, () => wired(closeAll));
  openAndClose(connection, folders, openEngine);
  doWork(connection, folders);
  answerQuestions(connection, folders);
  keepStorage(connection, folders, collect);
  connection.onNotification(protocol.unsaved, (params) => {
    setUnsaved(folders, params).catch((error: Error) => console.error(`Unsaved text: ${error.message}`));
  });
  return closeAll;
}

function openAndClose(connection: MessageConnection, folders: OpenFolders, openEngine: OpenEngine): void {
  connection.onRequest(protocol.openFolder, (options) =>
    wired(async () => {
      for (const name of ['folder', 'storageDir', 'installDir'] as const) requireText(options?.[name], name);
      await close(folders, options.folder);
      const engine = openEngine(options);
      folders.set(options.folder, { engine, closing: new AbortController(), work: new Set() });
      return (await engine).status();
    }),
  );
  connection.onRequest(protocol.closeFolder, ({ folder }) => wired(() => close(folders, folder)));
  connection.onRequest(protocol.deleteIndex, ({ folder }) =>
    wired(async () => {
      const engine = await find(folders, folder).engine;
      await close(folders, folder);
      await engine.deleteIndex();
    }),
  );
}

/** Updates and refinings, of all folders behind one gate. */
function doWork(connection: MessageConnection, folders: OpenFolders): void {
  const gate = createPauseGate();
  connection.onNotification(protocol.pause, ({ paused }) => gate.setPaused(paused));
  connection.onRequest(protocol.update, ({ folder, paths, rebuild, first }, token) => {
    const scope = { ...(paths && { paths }), ...(rebuild && { rebuild }), ...(first && { first }) };
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
}

function answerQuestions(connection: MessageConnection, folders: OpenFolders): void {
  connection.onRequest(protocol.search, ({ folder, ...request }, token) =>
    wired(async () => (await engineFor(folders, folder, token)).search(request, signalOf(token))),
  );
  connection.onRequest(protocol.similar, ({ folder, ...request }, token) =>
    wired(async () => (await engineFor(folders, folder, token)).similar(request, signalOf(token))),
  );
  connection.onRequest(protocol.status, ({ folder }) =>
    wired(async () => (await find(folders, folder).engine).status()),
  );
  connection.onRequest(protocol.outline, ({ folder, ...request }) =>
    wired(async () => (await find(folders, folder).engine).outline(request)),
  );
  connection.onRequest(protocol.why, ({ folder, file }) =>
    wired(async () => (await find(folders, folder).engine).why(file)),
  );
}

function keepStorage(connection: MessageConnection, folders: OpenFolders, collect: Collect): void {
  connection.onRequest(protocol.verify, ({ folder }) =>
    wired(async () => (await find(folders, folder).engine).verify()),
  );
  connection.onRequest(protocol.collect, ({ keep = [], ...options }) =>
    wired(async () => {
      requireText(options.storageDir, 'storageDir');
      return collect({ ...options, keep: [...keep, ...folders.keys()] });
    }),
  );
}

/** The two sides ship together: only what would end the process is looked at. */
function requireText(value: unknown, name: string): void {
  if (typeof value !== 'string' || value === '') throw new KenningError('usage', `The request names no ${name}.`);
}

function find(folders: OpenFolders, folder: string): OpenFolder {
  const open = folders.get(folder);
  if (!open) throw new KenningError('engine-stopped', `No engine is open for ${folder}.`);
  return open;
}

/** For a question that may have been overtaken while the engine opened. */
async function engineFor(folders: OpenFolders, folder: string, token: CancellationToken): Promise<Engine> {
  const engine = await find(folders, folder).engine;
  if (token.isCancellationRequested) throw new KenningError('cancelled', 'A newer search took over.');
  return engine;
}

async function setUnsaved(folders: OpenFolders, { folder, path, text }: protocol.UnsavedParams): Promise<void> {
  const engine = await folders.get(folder)?.engine.catch(() => null);
  await engine?.setUnsaved(path, text);
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
