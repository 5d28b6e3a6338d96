/** Opens the engine for one command, brings the index up to date under a progress bar, and closes it whatever happens. */

import type { IndexReport, RefineOptions, RefineReport, UpdateOptions } from '../engine/api/work.ts';
import type { Engine } from '../engine/api.ts';
import { findInstallDir } from '../engine/install-dir.ts';
import { openEngine } from '../engine/open.ts';
import { defaultStorageDir } from '../engine/storage-dir.ts';
import { type Arguments, folderOf, modelOf, qualityOf } from './arguments.ts';
import type { Io } from './io.ts';
import { createProgressBar } from './progress-bar.ts';

/** `parsed`: of a command that takes `ENGINE_OPTIONS`. */
export async function withEngine<T>(parsed: Arguments, use: (engine: Engine) => Promise<T>): Promise<T> {
  const installDir = findInstallDir(import.meta.dirname);
  const engine = await openEngine({
    folder: folderOf(parsed),
    storageDir: defaultStorageDir(),
    installDir,
    model: modelOf(parsed),
    quality: qualityOf(parsed),
  });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Ctrl-C ends the update between two batches; what is committed stays. */
export const updateWithBar = (
  engine: Engine,
  io: Io,
  scope: Pick<UpdateOptions, 'rebuild'> = {},
): Promise<IndexReport> => withBar(io, (options) => engine.update({ ...options, ...scope }));

/** Ctrl-C ends it at once; what is committed stays. */
export const refineWithBar = (engine: Engine, io: Io): Promise<RefineReport> =>
  withBar(io, (options) => engine.refine(options));

async function withBar<Report>(io: Io, work: (options: RefineOptions) => Promise<Report>): Promise<Report> {
  const bar = createProgressBar(io);
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await work({ signal: interrupt.signal, onProgress: bar.update });
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    bar.clear();
  }
}
