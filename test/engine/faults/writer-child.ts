/**
 * Brings the index of the folder argv[2] in the storage argv[3] up to date again and again until its input ends, in engines
 * of its own, and asks in between. Tells of each update whether it was `updated` or, because of the other writer, `locked`.
 */
import { KenningError } from '../../../src/core/errors.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { createRandom } from '../repair/random.ts';

const [folder, storageDir, seed] = process.argv.slice(2) as [string, string, string];
const random = createRandom(Number(seed));
let ended = false;
process.stdin.on('end', () => {
  ended = true;
});
process.stdin.resume();

while (!ended) {
  const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR, vectorIndex: 'graph' });
  for (let i = random(4); i >= 0 && !ended; i--) {
    try {
      await engine.update({ rebuild: random(8) === 0 });
      process.stdout.write('updated\n');
    } catch (error) {
      if (!(error instanceof KenningError) || error.code !== 'index-locked') throw error;
      process.stdout.write('locked\n');
    }
    await engine.search({ query: 'sum of the prices', limit: 5 });
  }
  await engine.close();
}
