/** Entry of the background process. Bundled with the engine, so that the editor's side holds none of it. */
import { openEngine } from '../engine/open.ts';
import { collectIndexes } from '../engine/repair/collect.ts';
import { powerReader } from './power.ts';
import { runWorker } from './run-worker.ts';

runWorker({ openEngine, collect: collectIndexes, readPower: powerReader(process.platform) });
