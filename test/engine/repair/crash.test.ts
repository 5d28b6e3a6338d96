/** A writer that was killed amid its work leaves a mark; the next opening looks more closely, and mends what is damaged. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../../src/engine/open.ts';
import { Store } from '../../../src/engine/store/store.ts';
import { acquireAsWriter } from '../../../src/engine/store/writing-mark.ts';
import { ServiceClient } from '../../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../../src/service/update-request.ts';
import { INSTALL_DIR } from '../install.ts';
import { fileRecord } from '../store/records.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

const WORKER = resolve(import.meta.dirname, '../../../src/service/worker.ts');
const FILES = Array.from({ length: 10 }, (_, i) => fileRecord(`${i}.py`, [`alpha_${i}`, `beta_${i}`]));

interface Place {
  readonly folder: string;
  readonly storageDir: string;
}

/** Indexes a folder in another process, which is killed once it has committed something. Returns the index's folder. */
async function killedWriter({ folder, storageDir }: Place): Promise<string> {
  writeFiles(
    folder,
    Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [
        `port${i}.py`,
        `def moor_ship_${i}(ship):\n    ship.tie(${i})\n\n\ndef quench_${i}(kiln):\n    kiln.quench(${i})\n`,
      ]),
    ),
  );
  const child = spawn(process.execPath, [join(import.meta.dirname, '../kill-child.ts'), folder, storageDir, 'wait'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  // The first number is that of the listing, the next comes with the first batch.
  for await (const line of createInterface(child.stdout)) if (Number(line) > 1) break;
  child.kill('SIGKILL');
  await ended;
  return join(storageDir, dirname(globSync('*/*/index.db', { cwd: storageDir })[0]!));
}

const isMarked = (dir: string): boolean => existsSync(join(dir, 'writing'));

test('killed amid an update: looked at, sound, gone on with', async () => {
  const place = { folder: temporaryFolder(), storageDir: temporaryFolder() };
  const dir = await killedWriter(place);
  expect(isMarked(dir)).toBe(true);
  const engine = await openEngine({ ...place, installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  expect(isMarked(dir)).toBe(false);
  const { functions } = engine.status();
  expect(functions).toBeGreaterThan(0);
  expect(existsSync(`${dir}.broken`)).toBe(false);
  const report = await engine.update();
  expect(report).toMatchObject({ functions: 800, embedded: 800 - functions });
  expect(await engine.verify()).toMatchObject({ sound: true });
  expect(isMarked(dir)).toBe(false);
});

test('under the editor: what a killed process left damaged is mended, the rest answers meanwhile', async () => {
  const place = { folder: temporaryFolder(), storageDir: temporaryFolder() };
  const dir = await killedWriter(place);
  // What is still in the log is brought in, the mark stays: as after a crash of the system.
  Store.open(dir, place.folder).close();
  writeFileSync(join(dir, 'writing'), '');
  changeRow(dir, 'def quench_1', 'def quelch_1');
  const client = new ServiceClient({ workerPath: WORKER, log: () => undefined });
  onTestFinished(() => client.stop());
  client.openFolder({ ...place, installDir: INSTALL_DIR });
  client.update(place.folder, WHOLE_FOLDER);
  await expect.poll(() => client.folders[0]?.report?.functions, { timeout: 60_000 }).toBe(800);
  expect(client.folders[0]?.report?.embedded).toBeLessThan(800);
  expect(await client.verify(place.folder)).toMatchObject({ sound: true });
  const answer = await client.search({ query: 'quench_1', limit: 1 });
  expect(answer?.hits[0]).toMatchObject({ path: 'port1.py', preview: 'def quench_1(kiln):' });
}, 120_000);

/** Every place where it stands; SQLite sees nothing of it. */
function changeRow(dir: string, text: string, by: string): void {
  const file = join(dir, 'index.db');
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) bytes.write(by, at);
  writeFileSync(file, bytes);
}

function filled(): string {
  const dir = join(temporaryFolder(), 'folder', 'index');
  const store = Store.open(dir, '/folder');
  store.commit({ upserts: FILES, finished: true });
  store.close();
  return dir;
}

const countOf = (dir: string): number => {
  const store = Store.open(dir, '/folder');
  const { functions } = store.counts();
  store.close();
  return functions;
};

test('a changed row is found at the opening where the mark stands, and only there', () => {
  const [marked, unmarked] = [filled(), filled()];
  for (const dir of [marked, unmarked]) changeRow(dir, 'Class.alpha_3', 'Class.alpha_4');
  writeFileSync(join(marked, 'writing'), '');
  expect(countOf(unmarked)).toBe(20);
  expect(countOf(marked)).toBe(18);
  expect(isMarked(marked)).toBe(false);
  expect(existsSync(`${marked}.broken`)).toBe(false);
});

test('while somebody writes, the mark means nothing', () => {
  const dir = filled();
  const lock = acquireAsWriter(dir, () => expect.unreachable());
  changeRow(dir, 'Class.alpha_3', 'Class.alpha_4');
  expect(countOf(dir)).toBe(20);
  lock.release();
  expect(isMarked(dir)).toBe(false);
});

test('a writer that finds the mark of another looks first, and writes nothing where that fails', () => {
  const dir = filled();
  writeFileSync(join(dir, 'writing'), '');
  let looked = 0;
  acquireAsWriter(dir, () => looked++).release();
  acquireAsWriter(dir, () => looked++).release();
  expect(looked).toBe(1);
  writeFileSync(join(dir, 'writing'), '');
  const fail = (): void => {
    throw new Error('damaged');
  };
  expect(() => acquireAsWriter(dir, fail)).toThrow('damaged');
  expect(isMarked(dir)).toBe(true);
  acquireAsWriter(dir, () => looked++).release();
  expect(looked).toBe(2);
});

test('what is damaged among the vectors is left out of a segment', () => {
  const dir = filled();
  const store = Store.open(dir, '/folder');
  const [, id] = store.rows.idsIn('2.py');
  store.database.exec(`UPDATE vectors SET vector = x'00112233' WHERE function_id = ${id}`);
  expect([...store.rows.after(0)]).toHaveLength(19);
  expect(store.damaged).toBe(true);
  store.close();
  expect(countOf(dir)).toBe(18);
});

test('a structure that is damaged as well is begun anew', () => {
  const dir = filled();
  const bytes = readFileSync(join(dir, 'index.db'));
  writeFileSync(join(dir, 'index.db'), bytes.subarray(0, bytes.length - 4096));
  writeFileSync(join(dir, 'damaged'), '');
  expect(countOf(dir)).toBe(0);
  expect(existsSync(join(dir, 'damaged'))).toBe(false);
});

test('an index that another process writes is not mended under its hands', () => {
  const dir = filled();
  const lock = acquireAsWriter(dir, () => expect.unreachable());
  changeRow(dir, 'Class.alpha_3', 'Class.alpha_4');
  writeFileSync(join(dir, 'damaged'), '');
  const store = Store.open(dir, '/folder');
  expect(store.damaged).toBe(true);
  expect(store.counts().functions).toBe(20);
  store.close();
  lock.release();
  expect(countOf(dir)).toBe(18);
});
