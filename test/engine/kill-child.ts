/** Indexes the folder argv[2] into the storage argv[3], told line by line; the kill test ends it somewhere on the way. */
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from './install.ts';

const [folder, storageDir] = process.argv.slice(2) as [string, string];
const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR, vectorIndex: 'graph' });
process.stdout.write('open\n');
await engine.update({ onProgress: ({ done }) => process.stdout.write(`${done}\n`) });
process.stdout.write('updated\n');
await engine.close();
