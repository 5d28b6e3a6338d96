/** Opens the engine on one workspace folder: the only way in. Makes its parts and puts them together. */
import { join } from 'node:path';
import { CHUNKER_VERSION } from '../core/functions/version.ts';
import type { EngineOptions } from './api/options.ts';
import type { Engine } from './api.ts';
import { FolderEngine } from './folder-engine.ts';
import { type Models, openModels } from './open-models.ts';
import { RefinedCache } from './refined-cache/refined-cache.ts';
import { GraphKeeper } from './search/graph-keeper.ts';
import { LikeWords } from './search/like-words.ts';
import { LiveIndex } from './search/live-index.ts';
import { indexFolder, recordIdentity } from './store/index-folder.ts';
import { FORMAT_VERSION } from './store/schema.ts';
import { Store } from './store/store.ts';
import { loadScanModule } from './vectors/scan.ts';

/**
 * Throws `KenningError`: `model-unusable`, `model-unavailable`, `index-write-failed`; `cancelled` where `signal` ends the
 * download of a model. An engine that opens all the same is the caller's to close.
 */
export async function openEngine(options: EngineOptions, signal?: AbortSignal): Promise<Engine> {
  const [models, scanModule] = await Promise.all([
    openModels(options, signal),
    loadScanModule(join(options.installDir, 'dist', 'scan.wasm')),
  ]);
  const { student } = models;
  const identity = { format: FORMAT_VERSION, chunker: CHUNKER_VERSION, model: student.fingerprint };
  const store = Store.open(indexFolder(options.storageDir, options.folder, identity), options.folder);
  recordIdentity(store.dir, identity);
  const live = new LiveIndex(store, student.dimensions, scanModule);
  const graphs = new GraphKeeper(options, store, live);
  const likeWords = new LikeWords(student, scanModule);
  const cache = cacheFor(options, models);
  return new FolderEngine({ options, identity, store, models, live, graphs, likeWords, cache });
}

function cacheFor({ storageDir }: EngineOptions, { refinement, student }: Models): RefinedCache | null {
  const { fingerprint } = refinement.refiner ?? {};
  return fingerprint ? new RefinedCache({ storageDir, fingerprint, dimensions: student.dimensions }) : null;
}
