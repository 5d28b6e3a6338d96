/** A made-up folder that is indexed once for all tests of a file. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { writeFiles } from '../temporary.ts';

/** `files`: path → text. The engine is there once the tests run. */
export function searchedFolder(files: Readonly<Record<string, string>>): () => Engine {
  let dir: string;
  let engine: Engine;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'kenning-test-'));
    writeFiles(join(dir, 'folder'), files);
    engine = await openEngine({ folder: join(dir, 'folder'), storageDir: join(dir, 'index'), installDir: INSTALL_DIR });
    await engine.update();
  });
  afterAll(async () => {
    await engine.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return () => engine;
}
