/** Lives an index's life in the folder argv[2], with the storage argv[3] and the installation argv[4]. */
import { live } from './life.ts';

const [folder, storageDir, installDir] = process.argv.slice(2) as [string, string, string];
await live({ folder, storageDir, installDir });
