/** Indexes and refines the folder argv[2] into the storage argv[3] with the installation argv[4]; told function by function. */
import { openEngine } from '../../src/engine/open.ts';

const [folder, storageDir, installDir] = process.argv.slice(2) as [string, string, string];
const engine = await openEngine({ folder, storageDir, installDir, quality: 'balanced' });
await engine.update();
await engine.refine({ onProgress: ({ done }) => process.stdout.write(`refined ${done}\n`) });
await engine.close();
