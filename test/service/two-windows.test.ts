/** Two windows on one folder: two clients, two real background processes, one index. One writes, the other follows. */
import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { acquireWriterLock } from '../../src/engine/store/writer-lock.ts';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { writeFiles } from '../engine/temporary.ts';

const WORKER = resolve(import.meta.dirname, '../../src/service/worker.ts');
const MOOR = 'def moor_ship(ship, berth):\n    """Ties a ship to its berth in the harbour."""\n    berth.tie(ship)\n';
const KILN = 'def quench_zirconia(kiln):\n    """Quenches glowing zirconia."""\n    kiln.quench()\n';
const LIMIT = { timeout: 20_000 };

function windows(count: number): { folder: string; storageDir: string; clients: ServiceClient[] } {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-windows-'));
  const [folder, storageDir] = [join(dir, 'folder'), join(dir, 'storage')];
  mkdirSync(folder);
  const clients = Array.from({ length: count }, () => new ServiceClient({ workerPath: WORKER, log: () => undefined }));
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.stop()));
    rmSync(dir, { recursive: true, force: true });
  });
  return { folder, storageDir, clients };
}

const names = async (client: ServiceClient, query: string): Promise<string[]> =>
  (await client.search({ query, limit: 10 }))?.hits.map(({ name }) => name) ?? [];

test("what one window indexes, the other's searches find, edits and removals included", async () => {
  const { folder, storageDir, clients } = windows(2);
  const [writer, reader] = clients as [ServiceClient, ServiceClient];
  writeFiles(folder, { 'port.py': MOOR });
  for (const client of clients) client.openFolder({ folder, storageDir, installDir: INSTALL_DIR });
  writer.update(folder, WHOLE_FOLDER);
  await expect.poll(() => writer.folders[0]?.status?.complete, LIMIT).toBe(true);
  expect(await names(reader, 'tie a ship')).toEqual(['moor_ship']);
  writeFiles(folder, { 'port.py': KILN, 'other.py': MOOR });
  writer.update(folder, { paths: ['port.py', 'other.py'], rebuild: false });
  await expect.poll(() => writer.folders[0]?.status?.functions, LIMIT).toBe(2);
  expect((await names(reader, 'quench zirconia'))[0]).toBe('quench_zirconia');
  rmSync(join(folder, 'other.py'));
  writer.update(folder, { paths: ['other.py'], rebuild: false });
  await expect.poll(() => writer.folders[0]?.status?.functions, LIMIT).toBe(1);
  expect(await names(reader, 'tie a ship')).toEqual(['quench_zirconia']);
});

test('both asked to index at once: the folder is complete in both, each function there once', async () => {
  const { folder, storageDir, clients } = windows(2);
  writeFiles(
    folder,
    Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`port${i}.py`, MOOR.replace('moor', `moor${i}`)])),
  );
  for (const client of clients) {
    client.openFolder({ folder, storageDir, installDir: INSTALL_DIR });
    client.update(folder, WHOLE_FOLDER);
  }
  const isSettled = (): boolean =>
    clients.every(({ folders }) => folders[0]?.activity === 'idle' && (folders[0].report ?? folders[0].error) !== null);
  await expect.poll(isSettled, LIMIT).toBe(true);
  // Who came too late was told that the index is locked; its searches see it all the same.
  expect(clients.some(({ folders }) => folders[0]!.report?.functions === 60)).toBe(true);
  for (const client of clients) {
    const codes = client.folders.flatMap(({ error }) => error?.code ?? []);
    expect(codes.filter((code) => code !== 'index-locked')).toEqual([]);
    const answer = await client.search({ query: 'tie a ship', limit: 100 });
    expect(answer).toMatchObject({ functions: 60, complete: true, problems: [] });
  }
});

test('a window that was locked out shows what the index holds, and takes over once the lock is free', async () => {
  const { folder, storageDir, clients } = windows(2);
  const [first, second] = clients as [ServiceClient, ServiceClient];
  writeFiles(folder, { 'port.py': MOOR });
  first.openFolder({ folder, storageDir, installDir: INSTALL_DIR });
  first.update(folder, WHOLE_FOLDER);
  await expect.poll(() => first.folders[0]?.status?.complete, LIMIT).toBe(true);
  const lock = acquireWriterLock(indexDirOf(storageDir));
  second.openFolder({ folder, storageDir, installDir: INSTALL_DIR });
  writeFiles(folder, { 'port.py': KILN });
  second.update(folder, WHOLE_FOLDER);
  await expect.poll(() => second.folders[0]?.error?.code, LIMIT).toBe('index-locked');
  expect(await names(second, 'tie a ship')).toEqual(['moor_ship']);
  lock.release();
  second.update(folder, WHOLE_FOLDER);
  await expect.poll(() => second.folders[0]?.report?.filesParsed, LIMIT).toBe(1);
  for (const client of clients) expect(await names(client, 'quench')).toEqual(['quench_zirconia']);
});

/** The only index there is. */
function indexDirOf(storageDir: string): string {
  const [lock] = globSync('*/*/writer.lock', { cwd: storageDir });
  return join(storageDir, dirname(lock!));
}
