/** The built background process with a real engine and a tiny refiner: the setting changes live, and nothing is made anew. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { FolderState } from '../../src/service/folder-state.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { ASKED, installWithRefiner, MEANT } from '../engine/tiny-refiner.ts';
import { createBench } from './harness.ts';

test('refines in the background, with and without by the setting', async () => {
  const installDir = installWithRefiner();
  const { client, until, storageDir } = createBench(join(installDir, 'dist', 'worker.mjs'));
  const folder = temporaryFolder();
  // What the student alone takes the question to mean.
  const others = Array.from({ length: 8 }, (_, i) => `def ring_bells_${i}(bells):\n    return bells + ${i}\n`).join(
    '\n\n',
  );
  writeFiles(folder, { 'bread.py': `def ${MEANT}_rise(flour):\n    return flour * 2\n`, 'others.py': others });
  const state = (): FolderState => client.folders[0]!;
  const isRefined = (): boolean => {
    const { activity, status } = state();
    return activity === 'idle' && (status?.functions ?? 0) > 0 && status?.refined === status?.functions;
  };
  const open = (quality: NonNullable<EngineOptions['quality']>): void => {
    client.openFolder({ folder, storageDir, installDir, quality });
    client.update(folder, WHOLE_FOLDER);
  };
  const first = async (): Promise<string | undefined> =>
    (await client.search({ query: ASKED, limit: 3 }))?.hits[0]?.name;

  open('balanced');
  await until(isRefined, 'refined');
  expect(state().report).toMatchObject({ embedded: 9, cancelled: false });
  expect(await first()).toBe(`${MEANT}_rise`);

  open('fast');
  await until(() => state().activity === 'idle' && state().status?.refined === null, 'fast');
  expect(await first()).not.toBe(`${MEANT}_rise`);

  open('best');
  await until(() => isRefined() && state().report?.embedded === 0, 'refined as before, nothing embedded');
  expect(await first()).toBe(`${MEANT}_rise`);
}, 60_000);
