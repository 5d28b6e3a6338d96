/**
 * Two processes bring one index up to date at the same time, while the folder changes and one of them is killed: one writes,
 * the other is told so, and nothing is damaged.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { INSTALL_DIR } from '../install.ts';
import { createRandom } from '../repair/random.ts';
import { temporaryFolder } from '../temporary.ts';
import { end, type Place, writeAfter, writeBefore } from './life.ts';

/** Updates that each is to get through. */
const UPDATES = 4;

interface Writer {
  readonly child: ChildProcess;
  readonly told: { updated: number; locked: number };
}

test('two writers: one waits its turn, no update is lost, and the index is that of one writer', async () => {
  const dir = temporaryFolder();
  const place = { folder: join(dir, 'folder'), storageDir: join(dir, 'storage'), installDir: INSTALL_DIR };
  const random = createRandom(11);
  writeBefore(place.folder);
  const writers = [write(place, 1), write(place, 2)];
  const isDone = (): boolean =>
    writers.every(({ told }) => told.updated >= UPDATES) && writers.some(({ told }) => told.locked > 0);
  let killed = false;
  for (let round = 0; !killed || !isDone(); round++) {
    await sleep(random(200));
    expect(writers.map(({ child }) => child.exitCode)).toEqual([null, null]);
    if (round % 2 === 0) writeAfter(place.folder);
    else writeBefore(place.folder);
    if (killed || !writers.every(({ told }) => told.updated > 0)) continue;
    killed = writers[0]!.child.kill('SIGKILL');
    writers[0] = write(place, 3);
  }
  await Promise.all(writers.map(finish));

  const peaceful = { ...place, storageDir: join(dir, 'peaceful') };
  const expected = await end(peaceful);
  expect(await end(place)).toEqual(expected);
  expect(expected).toMatchObject({ sound: true, leftovers: [] });
}, 180_000);

function write({ folder, storageDir }: Place, seed: number): Writer {
  const script = join(import.meta.dirname, 'writer-child.ts');
  const child = spawn(process.execPath, [script, folder, storageDir, String(seed)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const told = { updated: 0, locked: 0 };
  createInterface(child.stdout!).on('line', (line) => {
    if (line === 'updated') told.updated++;
    if (line === 'locked') told.locked++;
  });
  return { child, told };
}

async function finish({ child }: Writer): Promise<void> {
  const ended = once(child, 'exit');
  child.stdin!.end();
  expect(await ended).toEqual([0, null]);
}
