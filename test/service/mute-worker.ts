/** A background process that lives and says nothing, as long as the environment says so. */
import { runWorker } from '../../src/service/run-worker.ts';
import { FAKE_PARTS } from './fake-engine.ts';

if (process.env.KENNING_TEST_MUTE) setInterval(() => undefined, 1000);
else runWorker(FAKE_PARTS);
