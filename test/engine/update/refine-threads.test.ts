/** An index that is large enough for threads that refine: its vectors are those that are made without them. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';
import { installWithRefiner } from '../tiny-refiner.ts';

let installDir: string;

beforeEach(() => {
  installDir = installWithRefiner();
});

const functionsOf = (file: number): string =>
  Array.from({ length: 40 }, (_, i) => `def bake_${file}_${i}(flour):\n    return flour + ${i}\n`).join('\n\n');
const FILES = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`file${i}.py`, functionsOf(i)]));

interface Indexed {
  readonly engine: Engine;
  readonly storageDir: string;
  readonly folder: string;
}

async function indexed(refineThreads: number): Promise<Indexed> {
  const [folder, storageDir] = [temporaryFolder(), temporaryFolder()];
  writeFiles(folder, FILES);
  const engine = await openEngine({ folder, storageDir, installDir, quality: 'balanced', refineThreads });
  onTestFinished(() => engine.close());
  await engine.update();
  return { engine, storageDir, folder };
}

/** Of every function: its name, whose vector it has, and the vector. */
function vectors({ storageDir }: Indexed): unknown[] {
  const [file] = globSync('*/*/index.db', { cwd: storageDir });
  const database = new DatabaseSync(join(storageDir, file!), { readOnly: true });
  const sql = `SELECT f.name, f.refined, hex(vector) AS vector FROM functions f JOIN vectors ON function_id = f.id
    ORDER BY f.name`;
  const found = database.prepare(sql).all();
  database.close();
  return found;
}

test('the same vectors for all functions', async () => {
  const [beside, within] = [await indexed(2), await indexed(0)];
  for (const { engine } of [beside, within])
    expect(await engine.refine()).toMatchObject({ refined: 800, waiting: 0, cancelled: false });
  const expected = vectors(within);
  expect(expected).toHaveLength(800);
  expect(vectors(beside)).toEqual(expected);
});

test('an update that comes in between does not wait, and the threads go on after it', async () => {
  const it = await indexed(2);
  const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let passed = 0;
  const refining = it.engine.refine({
    gate: () => {
      // The threads are at work by then.
      if (++passed < 30) return Promise.resolve();
      reached.resolve();
      return gate.promise;
    },
  });
  await reached.promise;
  writeFiles(it.folder, { 'file3.py': functionsOf(99) });
  expect(await it.engine.update()).toMatchObject({ embedded: 40, cancelled: false });
  gate.resolve();
  expect(await refining).toMatchObject({ waiting: 0, cancelled: false });
  const whole = await indexed(0);
  writeFiles(whole.folder, { 'file3.py': functionsOf(99) });
  await whole.engine.update();
  await whole.engine.refine();
  expect(vectors(it)).toEqual(vectors(whole));
});

test('searches are answered meanwhile, and the threads go on after each', async () => {
  const { engine } = await indexed(2);
  let isOver = false;
  const refining = engine.refine().finally(() => {
    isOver = true;
  });
  let answers = 0;
  for (; !isOver; answers++) {
    expect((await engine.search({ query: 'bake with flour', limit: 5 })).results).toHaveLength(5);
    await setImmediate();
  }
  expect(await refining).toMatchObject({ refined: 800, waiting: 0 });
  expect(answers).toBeGreaterThan(2);
});

test('ends with the engine', async () => {
  const { engine } = await indexed(2);
  const reached = Promise.withResolvers<void>();
  const refining = engine.refine({ onProgress: () => reached.resolve() });
  await reached.promise;
  await engine.close();
  expect(await refining).toMatchObject({ cancelled: true });
});
