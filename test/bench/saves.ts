/**
 * How long after a save the new code is found: the extension's queue, the engine's process, the update of that one file, a
 * search. The editor's own event comes on top. The corpus is left as it was.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ChangeQueue } from '../../src/extension/changes.ts';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';

const SAVES = 20;
const POLL_MS = 2;

export interface SaveTimes {
  /** Until the index has the file. */
  readonly updatedMs: number[];
  /** Until a search has found what was saved; where it was not found, it is missing. */
  readonly foundMs: number[];
}

/** `path`: of a TypeScript file in the folder, relative. */
export async function measureSaves(
  folder: string,
  storageDir: string,
  installDir: string,
  path: string,
): Promise<SaveTimes> {
  const file = join(folder, path);
  const before = await readFile(file);
  const client = new ServiceClient({ workerPath: join(installDir, 'dist', 'worker.mjs'), log: () => undefined });
  const stampOf = async (each: string): Promise<number> => (await stat(join(folder, each))).mtimeMs;
  const queue = new ChangeQueue((request) => client.update(folder, request), stampOf);
  const updatedMs: number[] = [];
  const foundMs: number[] = [];
  try {
    // A graph that is being built meanwhile is another figure.
    client.openFolder({ folder, storageDir, installDir, vectorIndex: 'exact' });
    client.update(folder, WHOLE_FOLDER);
    await settled(client);
    for (let i = 0; i < SAVES; i++) {
      const name = `saved_quokka_${String.fromCharCode(97 + i).repeat(3)}`;
      await writeFile(file, `${before.toString('utf8')}\nfunction ${name}(x: number) {\n  return x + ${i};\n}\n`);
      const since = performance.now();
      const report = client.folders[0]?.report;
      void queue.save(path);
      while (client.folders[0]?.report === report) await setTimeout(POLL_MS);
      updatedMs.push(performance.now() - since);
      const answer = await client.search({ query: name, limit: 5 });
      if (answer?.hits.some((hit) => hit.name === name)) foundMs.push(performance.now() - since);
    }
  } finally {
    await writeFile(file, before);
    void queue.save(path);
    await setTimeout(POLL_MS);
    await settled(client);
    await client.stop();
    queue.dispose();
  }
  return { updatedMs, foundMs };
}

async function settled(client: ServiceClient): Promise<void> {
  await setTimeout(100);
  while (client.folders[0]?.activity !== 'idle') await setTimeout(POLL_MS);
}
