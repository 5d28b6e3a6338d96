/** Clocks that go backwards, and a folder that goes away while it is read: nothing is lost, nothing is made up. */
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

const DAY_S = 24 * 3600;
const NOW_S = Math.floor(Date.now() / 1000);
const MOOR = 'def moor(ship):\n    """Ties a ship to its berth."""\n    ship.tie()\n';
/** As long as `MOOR`. */
const DOCK = MOOR.replace('moor', 'dock');

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = join(temporaryFolder(), 'folder');
  storageDir = temporaryFolder();
  writeFiles(folder, { 'port.py': MOOR });
});

async function open(): Promise<Engine> {
  const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  return engine;
}

const names = async (engine: Engine): Promise<string[]> =>
  (await engine.search({ query: 'ties a ship to its berth', limit: 5 })).results.map(({ name }) => name);

const pathsOf = async (engine: Engine): Promise<string[]> =>
  (await engine.search({ query: 'ties a ship to its berth', limit: 5 })).results.map(({ path }) => path).sort();

function write(text: string, timeS: number): void {
  writeFileSync(join(folder, 'port.py'), text);
  utimesSync(join(folder, 'port.py'), timeS, timeS);
}

test('a file of tomorrow that is written again today is read again, of whatever size', async () => {
  const engine = await open();
  write(MOOR, NOW_S + 365 * DAY_S);
  await engine.update();
  expect(await names(engine)).toEqual(['moor']);
  write(DOCK, NOW_S);
  expect(await engine.update()).toMatchObject({ filesParsed: 1 });
  expect(await names(engine)).toEqual(['dock']);
  write(MOOR, 0);
  expect(await engine.update()).toMatchObject({ filesParsed: 1 });
  expect(await names(engine)).toEqual(['moor']);
  expect(await engine.update()).toMatchObject({ filesParsed: 0, embedded: 0 });
  expect(await engine.verify()).toMatchObject({ sound: true });
});

test('the clock set back by a year: updates go on, the index stays sound, the last update tells the clock’s time', async () => {
  const engine = await open();
  await engine.update();
  const before = engine.status();
  vi.useFakeTimers({ toFake: ['Date'], now: (NOW_S - 365 * DAY_S) * 1000 });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  write(DOCK, NOW_S - 365 * DAY_S);
  await engine.update();
  const after = engine.status();
  expect(after.updatedAt).toBeLessThan(before.updatedAt!);
  expect(after.generation).toBeGreaterThan(before.generation);
  expect(await names(engine)).toEqual(['dock']);
  expect(await engine.verify()).toMatchObject({ sound: true });
  await engine.close();
  const next = await open();
  expect(await next.update()).toMatchObject({ filesParsed: 0, embedded: 0 });
  expect(await names(next)).toEqual(['dock']);
});

test('a file with other content of the same size, and the time that it had, is read again', async () => {
  const engine = await open();
  write(MOOR, NOW_S - DAY_S);
  await engine.update();
  expect(await names(engine)).toEqual(['moor']);
  write(DOCK, NOW_S - DAY_S);
  expect(await engine.update()).toMatchObject({ filesParsed: 1 });
  expect(await names(engine)).toEqual(['dock']);
  expect(await engine.update()).toMatchObject({ filesParsed: 0 });
});

test('a file that is read in the moment of its change is read once more, and then left alone', async () => {
  const engine = await open();
  const readAt = (timeMs: number): void => {
    vi.useFakeTimers({ toFake: ['Date'], now: timeMs });
  };
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const generations = [];
  const { ctimeMs } = statSync(join(folder, 'port.py'));
  for (const timeMs of [ctimeMs + 1, ctimeMs + 500, ctimeMs + 1000]) {
    readAt(timeMs);
    await engine.update();
    generations.push(engine.status().generation);
  }
  expect(generations[1]).toBeGreaterThan(generations[0]!);
  expect(generations[2]).toBe(generations[1]);
});

test('a file that becomes a folder, and one again', async () => {
  const engine = await open();
  writeFiles(folder, { 'mast.py': DOCK });
  await engine.update();
  rmSync(join(folder, 'port.py'));
  writeFiles(folder, { 'port.py/inner.py': MOOR.replace('moor', 'inner') });
  await engine.update();
  expect((await names(engine)).sort()).toEqual(['dock', 'inner']);
  expect(await pathsOf(engine)).toEqual(['mast.py', 'port.py/inner.py']);
  rmSync(join(folder, 'port.py'), { recursive: true });
  writeFiles(folder, { 'port.py': MOOR });
  // As the editor tells it: by the paths that have changed.
  await engine.update({ paths: ['port.py'] });
  expect(await pathsOf(engine)).toEqual(['mast.py', 'port.py']);
  expect((await names(engine)).sort()).toEqual(['dock', 'moor']);
  expect(await engine.update()).toMatchObject({ filesParsed: 0 });
  expect(await engine.verify()).toMatchObject({ sound: true });
});

test('a file that becomes a folder between the listing and the reading is neither an error nor lost', async () => {
  const engine = await open();
  const onProgress = ({ phase }: { phase: string }): void => {
    if (phase !== 'scan' || !statSync(join(folder, 'port.py')).isFile()) return;
    rmSync(join(folder, 'port.py'));
    writeFiles(folder, { 'port.py/inner.py': MOOR });
  };
  await engine.update({ onProgress });
  await engine.update();
  expect(await pathsOf(engine)).toEqual(['port.py/inner.py']);
});

test('a folder that goes away amid an update is one sentence; what is indexed stays, and the rest follows when it is back', async () => {
  const count = 500;
  writeFiles(
    folder,
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`more/${i}.py`, MOOR.replace('moor', `moor_${i}`)])),
  );
  const engine = await open();
  let moved = false;
  const gate = async (): Promise<void> => {
    if (!moved) renameSync(folder, `${folder}.away`);
    moved = true;
  };
  await expect(engine.update({ gate })).rejects.toMatchObject({ code: 'folder-not-found' });
  expect(moved).toBe(true);
  const { functions, complete } = engine.status();
  expect(complete).toBe(false);
  expect(functions).toBeGreaterThan(0);
  expect(functions).toBeLessThan(count + 1);
  expect((await names(engine)).length).toBeGreaterThan(0);
  await expect(engine.update()).rejects.toMatchObject({ code: 'folder-not-found' });
  expect(engine.status().functions).toBe(functions);
  renameSync(`${folder}.away`, folder);
  await engine.update();
  expect(engine.status()).toMatchObject({ functions: count + 1, complete: true });
});

test('a folder that goes away while it is listed takes nothing with it', async () => {
  writeFiles(folder, { 'deep/er/one.py': DOCK });
  const engine = await open();
  await engine.update();
  const { functions } = engine.status();
  const onProgress = ({ phase }: { phase: string }): void => {
    if (phase === 'scan') rmSync(folder, { recursive: true, force: true });
  };
  // The listing has begun: the file at the top is found, the folder below it is not.
  await expect(engine.update({ onProgress })).rejects.toMatchObject({ code: 'folder-not-found' });
  expect(engine.status()).toMatchObject({ functions, complete: true });
});

test('a complete index outlives its folder, and is there when that comes back', async () => {
  const engine = await open();
  await engine.update();
  renameSync(folder, `${folder}.away`);
  await expect(engine.update()).rejects.toMatchObject({ code: 'folder-not-found' });
  await expect(engine.update({ paths: ['port.py'] })).rejects.toMatchObject({ code: 'folder-not-found' });
  expect(await names(engine)).toEqual(['moor']);
  rmSync(`${folder}.away`, { recursive: true });
  writeFiles(folder, { 'port.py': DOCK });
  await engine.update();
  expect(await names(engine)).toEqual(['dock']);
});
