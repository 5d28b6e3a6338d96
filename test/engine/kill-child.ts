/**
 * Indexes the folder argv[2] into the storage argv[3], told line by line; the kill test ends it somewhere on the way. With
 * argv[4] it waits for that after the first batch, however long it takes.
 */
import { setTimeout } from 'node:timers/promises';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from './install.ts';

const [folder, storageDir, waits] = process.argv.slice(2) as [string, string, string | undefined];
const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR, vectorIndex: 'graph' });
process.stdout.write('open\n');
await engine.update({
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
  gate: async () => {
    if (waits) await setTimeout(600_000);
  },
});
process.stdout.write('updated\n');
await engine.close();
