/** The real background process around the fake engine. */
import { runWorker } from '../../src/service/run-worker.ts';
import { FAKE_PARTS } from './fake-engine.ts';

runWorker(FAKE_PARTS);
