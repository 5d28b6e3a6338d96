/** A background process that ends before it answers, as long as the environment says so. */
import { runWorker } from '../../src/service/run-worker.ts';
import { FAKE_PARTS } from './fake-engine.ts';

if (process.env.KENNING_TEST_DIE) {
  process.stderr.write('dying as asked\n');
  process.exit(3);
}
runWorker(FAKE_PARTS);
