/** The background process, as the extension starts it: it leaves nothing in the home folder and looks up no host. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';

test('indexing and searching keep no device id and no events for anyone', async () => {
  const [home, folder, storageDir] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  mkdirSync(join(home, '.cache'));
  // As a user's machine has it: no sign that this is a build server, where the runtime would be silent anyway.
  for (const [name, value] of Object.entries({ HOME: home, CI: '', ORT_DISABLE_TELEMETRY: '0' }))
    vi.stubEnv(name, value);
  writeFiles(folder, { 'dates.py': 'def parse_date(text):\n    return strptime(text)\n' });
  const client = new ServiceClient({ workerPath: join(INSTALL_DIR, 'dist', 'worker.mjs'), log: () => undefined });
  client.openFolder({ folder, storageDir, installDir: INSTALL_DIR, quality: 'balanced' });
  client.update(folder, WHOLE_FOLDER);
  await expect.poll(() => client.folders[0]?.status?.complete, { timeout: 20_000 }).toBe(true);
  expect((await client.search({ query: 'parse a date', limit: 5 }))?.hits[0]?.name).toBe('parse_date');
  await client.stop();
  vi.unstubAllEnvs();
  expect(readdirSync(home, { recursive: true })).toEqual(['.cache']);
});
