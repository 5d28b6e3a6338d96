/**
 * The background process's side of the protocol: one engine per folder, opened on request.
 * It keeps no settings of its own; whoever restarts the process opens the folders anew.
 */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import { KenningError } from '../core/errors.ts';
import type { EngineOptions } from '../engine/api/options.ts';
import type { CollectOptions, CollectReport } from '../engine/api/repair.ts';
import type { Engine } from '../engine/api.ts';
import { createDutyCycle } from './duty-cycle.ts';
import { close, FolderTurns, find, type OpenFolders } from './open-folders.ts';
import type { ReadPower } from './power.ts';
import * as protocol from './protocol.ts';
import { signalOf, wired } from './requests.ts';
import { doWork } from './work.ts';

/** What a background process is made of: the engine, and what it knows of the computer. */
export interface WorkerParts {
  /** `signal`: the engine is not wanted any more. */
  openEngine(options: EngineOptions, signal: AbortSignal): Promise<Engine>;
  collect(options: CollectOptions): CollectReport;
  readonly readPower: ReadPower;
}

/** Answers on `connection` until it closes. The returned function closes every engine. */
export function serve(connection: MessageConnection, parts: WorkerParts): () => Promise<void> {
  const folders: OpenFolders = new Map();
  const closeAll = async (): Promise<void> => {
    await Promise.all([...folders.keys()].map((folder) => close(folders, folder)));
  };
  connection.onRequest(protocol.greet, () => ({ protocol: protocol.PROTOCOL_VERSION, pid: process.pid }));
  connection.onRequest(protocol.shutdown, () => wired(closeAll));
  openAndClose(connection, folders, parts);
  doWork(connection, folders, createDutyCycle(parts.readPower));
  answerQuestions(connection, folders);
  keepStorage(connection, folders, parts);
  connection.onNotification(protocol.unsaved, (params) => {
    setUnsaved(folders, params).catch((error: Error) => console.error(`Unsaved text: ${error.message}`));
  });
  return closeAll;
}

function openAndClose(connection: MessageConnection, folders: OpenFolders, { openEngine }: WorkerParts): void {
  const turns = new FolderTurns();
  connection.onRequest(protocol.openFolder, (options) =>
    wired(async () => {
      for (const name of ['folder', 'storageDir', 'installDir'] as const) requireText(options?.[name], name);
      const { engine } = await turns.take(options.folder, async () => {
        await close(folders, options.folder);
        const closing = new AbortController();
        const engine = openEngine(options, closing.signal);
        const open = { engine, closing, work: new Set<Promise<unknown>>() };
        folders.set(options.folder, open);
        return open;
      });
      return (await engine).status();
    }),
  );
  connection.onRequest(protocol.closeFolder, ({ folder }) =>
    wired(() => turns.take(folder, () => close(folders, folder))),
  );
  connection.onRequest(protocol.deleteIndex, ({ folder }) =>
    wired(() =>
      turns.take(folder, async () => {
        const engine = await find(folders, folder).engine;
        await close(folders, folder);
        await engine.deleteIndex();
      }),
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
  connection.onRequest(protocol.indexedFolders, ({ folder }) =>
    wired(async () => (await find(folders, folder).engine).indexedFolders()),
  );
}

function keepStorage(connection: MessageConnection, folders: OpenFolders, { collect }: WorkerParts): void {
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
