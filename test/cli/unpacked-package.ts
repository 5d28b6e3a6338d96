/** The package's files in a folder of their own, as an installed extension has them. */
import { constants, copyFileSync, linkSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { INSTALL_DIR } from '../engine/install.ts';
import { temporaryFolder } from '../engine/temporary.ts';

/** What the universal package is without. */
export const isNative = (file: string): boolean => file.startsWith('dist/native/');

/** Looking through the checkout takes seconds. */
let listed: Promise<string[]> | null = null;

/** By `.vscodeignore`; without dependencies, as scripts/package.mjs packs. `isAbsent`: files to leave out. */
export async function unpackedPackage(isAbsent: (file: string) => boolean = () => false): Promise<string> {
  const dir = temporaryFolder();
  listed ??= listFiles({ cwd: INSTALL_DIR, packageManager: PackageManager.None });
  for (const file of await listed) {
    if (isAbsent(file)) continue;
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    place(join(INSTALL_DIR, file), join(dir, file));
  }
  return dir;
}

/** A hundred megabytes: linked where the file system can. */
function place(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}
