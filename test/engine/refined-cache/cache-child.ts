/** Puts vectors into the cache of the storage folder that it is given, batch by batch, a line for each, until it is killed. */
import { RefinedCache } from '../../../src/engine/refined-cache/refined-cache.ts';
import { DIMENSIONS, entriesFrom, FINGERPRINT } from './entries.ts';

const cache = new RefinedCache({ storageDir: process.argv[2]!, fingerprint: FINGERPRINT, dimensions: DIMENSIONS });
for (let batch = 0; batch < 1000; batch++) {
  cache.put(entriesFrom(50 * batch, 50));
  console.log(batch);
}
