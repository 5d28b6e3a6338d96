/** The real background process around the fake engine. */
import { runWorker } from '../../src/service/run-worker.ts';
import { collectNothing, openFakeEngine } from './fake-engine.ts';

runWorker(openFakeEngine, collectNothing);
