/** Updates and refinings on request, of all folders behind one gate: paused together, resting alike, their progress told. */
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/node';
import type { IndexStatus } from '../engine/api/status.ts';
import type { IndexProgress, RefineOptions } from '../engine/api/work.ts';
import type { Engine } from '../engine/api.ts';
import type { DutyCycle } from './duty-cycle.ts';
import { find, type OpenFolder, type OpenFolders } from './open-folders.ts';
import { createPauseGate, type PauseGate } from './pause-gate.ts';
import * as protocol from './protocol.ts';
import { signalOf, wired } from './requests.ts';
import { throttle } from './throttle.ts';

const PROGRESS_INTERVAL_MS = 100;

export function doWork(connection: MessageConnection, folders: OpenFolders, duty: DutyCycle): void {
  const gate = createPauseGate();
  const common = { connection, gate, duty };
  connection.onNotification(protocol.pause, ({ paused }) => gate.setPaused(paused));
  connection.onRequest(protocol.update, ({ folder, paths, rebuild, first }, token) => {
    const scope = { ...(paths && { paths }), ...(rebuild && { rebuild }), ...(first && { first }) };
    return wired(() =>
      runWork(find(folders, folder), { ...common, token, folder }, (engine, options) =>
        engine.update({ ...options, ...scope }),
      ),
    );
  });
  connection.onRequest(protocol.refine, ({ folder }, token) =>
    wired(() =>
      runWork(find(folders, folder), { ...common, token, folder }, (engine, options) => engine.refine(options)),
    ),
  );
}

interface WorkContext {
  readonly connection: MessageConnection;
  readonly gate: PauseGate;
  readonly duty: DutyCycle;
  readonly token: CancellationToken;
  readonly folder: string;
}

/** `work`: an update or a refining, held by the pause, slowed on battery, ended by the request's token or with the folder, its progress told. */
async function runWork<Report>(
  open: OpenFolder,
  { connection, gate, duty, token, folder }: WorkContext,
  work: (engine: Engine, options: Required<RefineOptions>) => Promise<Report>,
): Promise<{ report: Report; status: IndexStatus }> {
  const engine = await open.engine;
  const signal = AbortSignal.any([open.closing.signal, signalOf(token)]);
  // A parent that has gone is `run-worker`'s business; the work ends in order.
  const tell = async (value: IndexProgress): Promise<void> =>
    connection.sendNotification(protocol.progress, {
      folder,
      progress: { ...value, ...(duty.onBattery && { onBattery: true }) },
    });
  const progress = throttle<IndexProgress>((value) => {
    tell(value).catch(() => undefined);
  }, PROGRESS_INTERVAL_MS);
  const run = async (): Promise<Report> => {
    // A small folder is a single batch: a pause holds it too.
    await gate.pass(signal);
    let rest = duty.begin();
    const restAndWait = async (): Promise<void> => {
      await rest(signal);
      // The time in which it is paused is none that it works.
      if (await gate.pass(signal)) rest = duty.begin();
    };
    return work(engine, { signal, onProgress: progress.push, gate: restAndWait, isSparing: () => duty.onBattery });
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
