/** An installation like the checkout's, but with another cross-encoder or none. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DEFAULT_MODEL, modelDir, RANKER_MODEL } from '../../../src/engine/install-dir.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder } from '../temporary.ts';

/** A fixture's name; its files are copies, for tests to spoil. */
export function installationWith(ranker: string | null): string {
  const dir = temporaryFolder();
  mkdirSync(join(dir, 'models'));
  symlinkSync(join(INSTALL_DIR, 'dist'), join(dir, 'dist'));
  symlinkSync(modelDir(INSTALL_DIR), join(dir, 'models', DEFAULT_MODEL));
  const fixtures = resolve(import.meta.dirname, '../../fixtures/models');
  if (ranker) cpSync(join(fixtures, ranker), join(dir, 'models', RANKER_MODEL), { recursive: true });
  return dir;
}
