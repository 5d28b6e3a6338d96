/** The background process as it is on a computer that runs on battery. */
import { openEngine } from '../../src/engine/open.ts';
import { collectIndexes } from '../../src/engine/repair/collect.ts';
import { runWorker } from '../../src/service/run-worker.ts';

runWorker({ openEngine, collect: collectIndexes, readPower: async () => true });
