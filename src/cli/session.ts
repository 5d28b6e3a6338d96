/** Opens the engine for one command, brings the index up to date under a progress bar, and closes it whatever happens. */
import type { Engine, IndexReport } from '../engine/api.ts';
import { findInstallDir } from '../engine/install-dir.ts';
import { openEngine } from '../engine/open.ts';
import { defaultStorageDir } from '../engine/storage-dir.ts';
import { type Arguments, folderOf, modelOf } from './arguments.ts';
import type { Io } from './io.ts';
import { createProgressBar } from './progress-bar.ts';

/** `parsed`: of a command that takes `--path` and `--model`. */
export async function withEngine<T>(parsed: Arguments, use: (engine: Engine) => Promise<T>): Promise<T> {
  const installDir = findInstallDir(import.meta.dirname);
  const engine = await openEngine({
    folder: folderOf(parsed),
    storageDir: defaultStorageDir(),
    installDir,
    model: modelOf(parsed),
  });
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
}

/** Ctrl-C ends the update between two batches; what is committed stays. */
export async function updateWithBar(engine: Engine, io: Io): Promise<IndexReport> {
  const bar = createProgressBar(io);
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    return await engine.update({ signal: interrupt.signal, onProgress: bar.update });
  } finally {
    process.removeListener('SIGINT', onInterrupt);
    bar.clear();
  }
}
