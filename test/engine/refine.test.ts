/** Vectors become refined ones in the background, whatever happens meanwhile. With the shipped student and a tiny refiner. */
import { spawn } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { IndexProgress } from '../../src/engine/api/work.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { temporaryFolder, writeFiles } from './temporary.ts';
import { ASKED, installWithoutRefiner, installWithRefiner, MEANT, writeRefiner } from './tiny-refiner.ts';

const BREAD = `def ${MEANT}_rise(flour):\n    return flour * 2\n\n\ndef knead(flour):\n    return flour + 1\n`;
/** Refining goes on meanwhile. */
const LONGER_THAN_TYPING_MS = 300;
const FOUND = `${MEANT}_rise`;

let folder: string;
let storageDir: string;
let installDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  installDir = installWithRefiner();
  mkdirSync(join(folder, '.git'));
  writeFiles(folder, { 'bread.py': BREAD, ...manyFiles(40) });
  // Changed last, so refined first.
  for (const path of Object.keys(manyFiles(40))) utimesSync(join(folder, path), 1, 1);
});

/** More than two batches of functions. */
function manyFiles(count: number): Record<string, string> {
  const functions = (file: number): string =>
    Array.from({ length: 10 }, (_, i) => `def compute_${file}_${i}(value):\n    return value + ${i}\n`).join('\n\n');
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`many/file${i}.py`, functions(i)]));
}

async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await openEngine({ folder, storageDir, installDir, quality: 'balanced', ...options });
  onTestFinished(() => engine.close());
  return engine;
}

async function updated(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await open(options);
  await engine.update();
  return engine;
}

async function names(engine: Engine, query: string, limit = 5): Promise<string[]> {
  return (await engine.search({ query, limit })).results.map(({ name }) => name);
}

/** Of every function, by place. */
function rows(): unknown[] {
  const [file] = globSync(`${basename(folder)}-*/*/index.db`, { cwd: storageDir });
  const database = new DatabaseSync(join(storageDir, file!), { readOnly: true });
  const sql = `SELECT files.path, f.start_line, f.name, f.refined, hex(vector) AS vector, length(f.terms) AS terms
    FROM functions f JOIN vectors ON function_id = f.id JOIN files ON files.id = f.file_id ORDER BY files.path, f.start_line`;
  const found = database.prepare(sql).all();
  database.close();
  return found;
}

/** Each list proposes 200 functions: an answer holds at least as many, and none twice. */
async function expectWhole(engine: Engine): Promise<void> {
  const found = await names(engine, 'compute value', 1000);
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeGreaterThanOrEqual(200);
}

/** Resolves with the engine refining and held at its gate after the first batch. */
async function heldRefining(engine: Engine): Promise<{ refining: ReturnType<Engine['refine']>; release: () => void }> {
  const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const refining = engine.refine({
    gate: () => {
      reached.resolve();
      return gate.promise;
    },
  });
  await reached.promise;
  return { refining, release: gate.resolve };
}

describe('refining', () => {
  test('reaches every function, finds what the student alone does not, and is not done twice', async () => {
    const engine = await updated();
    const { functions } = engine.status();
    expect(engine.status().refined).toBe(0);
    expect((await names(engine, ASKED))[0]).not.toBe(FOUND);
    const seen: IndexProgress[] = [];
    const report = await engine.refine({ onProgress: (progress) => seen.push(progress) });
    expect(report).toMatchObject({ refined: functions, waiting: 0, cancelled: false });
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toEqual({ phase: 'refine', done: functions, total: functions, functions });
    expect((await names(engine, ASKED))[0]).toBe(FOUND);
    expect(engine.status()).toMatchObject({ refined: functions, functions, complete: true });
    expect(await engine.refine()).toMatchObject({ refined: 0, waiting: 0 });
    expect(await engine.update()).toMatchObject({ embedded: 0 });
    await engine.close();
    const again = await updated();
    expect(await again.refine()).toMatchObject({ refined: 0, waiting: 0 });
    expect((await names(again, ASKED))[0]).toBe(FOUND);
  });

  test('begins with the file that was changed last, and the mixed index answers', async () => {
    const engine = await updated();
    const controller = new AbortController();
    const first = await engine.refine({ signal: controller.signal, onProgress: () => controller.abort() });
    const { functions, refined } = engine.status();
    expect(first).toMatchObject({ cancelled: true, waiting: functions - first.refined });
    expect(first.refined).toBeGreaterThan(0);
    expect(first.waiting).toBeGreaterThan(0);
    expect(refined).toBe(first.refined);
    expect((await names(engine, ASKED))[0]).toBe(FOUND);
    await expectWhole(engine);
    const rest = await engine.refine();
    expect(rest).toMatchObject({ refined: first.waiting, waiting: 0, cancelled: false });
  });

  test('code that others are compared with is refined as they are', async () => {
    const engine = await updated();
    const first = async (): Promise<string | undefined> =>
      (await engine.similar({ code: `def ${ASKED}(x):\n    ${ASKED}(x)\n` })).results[0]?.name;
    expect(await first()).not.toBe(FOUND);
    await engine.refine();
    expect(await first()).toBe(FOUND);
  });

  test('lets searches in, and every answer is whole', async () => {
    writeFiles(folder, manyFiles(100));
    const engine = await updated();
    let isOver = false;
    const refining = engine.refine().finally(() => {
      isOver = true;
    });
    let answers = 0;
    for (; !isOver; answers++) {
      await expectWhole(engine);
      await sleep(LONGER_THAN_TYPING_MS);
    }
    await refining;
    expect(answers).toBeGreaterThan(2);
  });

  test('with a graph wanted, builds none over vectors that are about to change', async () => {
    const engine = await updated({ vectorIndex: 'graph' });
    expect(engine.status().vectorIndex).toBe('exact');
    await engine.refine();
    // Without the native part there is none; the notice says so.
    const hasLibrary = engine.status().notices.length === 0;
    await expect.poll(() => engine.status().vectorIndex).toBe(hasLibrary ? 'graph' : 'exact');
    expect((await names(engine, ASKED))[0]).toBe(FOUND);
  });

  test('needs no file of what the update has embedded, and no update makes other vectors than one before a restart', async () => {
    const engine = await updated();
    const { functions } = engine.status();
    const files = copyOf(folder);
    rmSync(join(folder, 'many'), { recursive: true });
    rmSync(join(folder, 'bread.py'));
    expect(await engine.refine()).toMatchObject({ refined: functions, waiting: 0 });
    const kept = rows();
    [folder, storageDir] = [files, temporaryFolder()];
    await (await updated()).close();
    await (await open()).refine();
    expect(rows()).toEqual(kept);
  });

  test('ends with the engine', async () => {
    const engine = await updated();
    const { refining } = await heldRefining(engine);
    await engine.close();
    expect(await refining).toMatchObject({ cancelled: true });
  });
});

describe('an update', () => {
  test('that is asked for meanwhile does not wait, and refining goes on after it', async () => {
    const engine = await updated();
    const { refining, release } = await heldRefining(engine);
    writeFiles(folder, {
      'new.py': 'def brand_new(thing):\n    return thing\n',
      'many/file3.py': 'def only(x):\n    return x\n',
    });
    // The gate is closed all the while.
    expect(await engine.update()).toMatchObject({ filesParsed: 2, embedded: 2, cancelled: false });
    expect((await names(engine, 'brand new thing'))[0]).toBe('brand_new');
    release();
    const report = await refining;
    const { functions, refined } = engine.status();
    expect(report).toMatchObject({ waiting: 0, cancelled: false });
    expect(refined).toBe(functions);
    expect(await names(engine, 'compute_3_4')).not.toContain('compute_3_4');
  });

  test('keeps the refined vectors of functions that are as before', async () => {
    const engine = await updated();
    await engine.refine();
    writeFiles(folder, { 'bread.py': BREAD.replace('flour + 1', 'flour + 2') });
    expect(await engine.update({ paths: ['bread.py'] })).toMatchObject({ embedded: 1 });
    const { functions, refined } = engine.status();
    expect(refined).toBe(functions - 1);
    expect(await engine.refine()).toMatchObject({ refined: 1, waiting: 0 });
  });

  test('takes up a file that changed before it could be refined', async () => {
    await (await updated()).close();
    const engine = await open();
    writeFiles(folder, { 'bread.py': BREAD.replace('flour + 1', 'flour + 2') });
    rmSync(join(folder, 'many/file0.py'));
    const { waiting } = await engine.refine();
    expect(waiting).toBe(12);
    expect(await names(engine, 'knead flour')).toContain('knead');
    await engine.update();
    expect(await engine.refine()).toMatchObject({ refined: 2, waiting: 0 });
  });
});

describe('what was refined once', () => {
  async function refinedFolder(): Promise<number> {
    const engine = await updated();
    const { refined } = await engine.refine();
    await engine.close();
    return refined;
  }

  test('is not embedded again for another worktree', async () => {
    const functions = await refinedFolder();
    const first = await open();
    const expected = await first.search({ query: ASKED, limit: 5 });
    folder = copyOf(folder);
    const second = await open();
    expect(await second.update()).toMatchObject({ embedded: 0, functions });
    expect(second.status()).toMatchObject({ refined: functions, functions });
    expect(await second.refine()).toMatchObject({ refined: 0, waiting: 0 });
    expect((await second.search({ query: ASKED, limit: 5 })).results).toEqual(expected.results);
  });

  test('meanwhile, for another worktree, is taken without a run of the model or a look at the files', async () => {
    const original = folder;
    const copy = copyOf(folder);
    folder = copy;
    await (await updated()).close();
    const other = await open();
    folder = original;
    await refinedFolder();
    rmSync(join(copy, 'many'), { recursive: true });
    const { functions } = other.status();
    expect(await other.refine()).toMatchObject({ refined: functions, waiting: 0 });
  });

  test('is not embedded again when a branch comes back', async () => {
    const functions = await refinedFolder();
    const engine = await open();
    const before = rows();
    const files = Object.keys(manyFiles(40)).slice(0, 20);
    const texts = files.map((path) => readFileSync(join(folder, path), 'utf8'));
    for (const [i, path] of files.entries()) writeFiles(folder, { [path]: texts[i]!.replaceAll('value', 'amount') });
    expect(await engine.update()).toMatchObject({ embedded: 200 });
    expect(await engine.refine()).toMatchObject({ refined: 200 });
    for (const [i, path] of files.entries()) writeFiles(folder, { [path]: texts[i]! });
    expect(await engine.update()).toMatchObject({ filesParsed: 20, embedded: 0 });
    expect(engine.status()).toMatchObject({ refined: functions, functions });
    expect(rows()).toEqual(before);
  });

  test('is nothing to another refiner, nor where no refiner is asked for', async () => {
    const functions = await refinedFolder();
    folder = copyOf(folder);
    const fast = await open({ quality: 'fast' });
    expect(await fast.update()).toMatchObject({ embedded: functions });
    await fast.close();
    folder = copyOf(folder);
    writeRefiner(installDir, { licence: 'another' });
    expect(await (await open()).update()).toMatchObject({ embedded: functions });
  });
});

/** A folder with the same files. */
function copyOf(original: string): string {
  const copy = temporaryFolder();
  cpSync(original, copy, { recursive: true });
  return copy;
}

describe('quality', () => {
  test('to and fro between fast and balanced makes nothing anew', async () => {
    const balanced = await updated();
    await balanced.refine();
    const { functions } = balanced.status();
    await balanced.close();
    const fast = await open({ quality: 'fast' });
    expect(await fast.update()).toMatchObject({ filesParsed: 0, embedded: 0, functions });
    expect(fast.status().refined).toBeNull();
    expect(await fast.refine()).toMatchObject({ refined: 0, waiting: 0, cancelled: false });
    expect((await names(fast, 'knead the flour'))[0]).toBe('knead');
    // The student alone knows no synonyms, however good the functions' vectors are.
    expect((await names(fast, ASKED))[0]).not.toBe(FOUND);
    writeFiles(folder, { 'bread.py': BREAD.replace('flour + 1', 'flour + 2') });
    expect(await fast.update()).toMatchObject({ embedded: 1 });
    await fast.close();
    const again = await updated({ quality: 'best' });
    expect(again.status().refined).toBe(functions - 1);
    expect(await again.refine()).toMatchObject({ refined: 1, waiting: 0 });
    expect((await names(again, ASKED))[0]).toBe(FOUND);
  });

  test('without a refiner is fast without a word', async () => {
    installDir = installWithoutRefiner();
    const engine = await updated({ quality: 'balanced' });
    expect(engine.status()).toMatchObject({ refined: null, notices: [] });
    expect(await engine.refine()).toMatchObject({ refined: 0, waiting: 0, cancelled: false });
    expect((await names(engine, 'knead the flour'))[0]).toBe('knead');
  });

  test('another refiner starts over with its own vectors, and nothing is parsed or embedded for it', async () => {
    const engine = await updated();
    await engine.refine();
    const before = rows();
    await engine.close();
    writeRefiner(installDir, { licence: 'another' });
    const other = await open();
    expect(await other.update()).toMatchObject({ filesParsed: 0, embedded: 0 });
    const { functions } = other.status();
    expect(other.status().refined).toBe(0);
    expect(await other.refine()).toMatchObject({ refined: functions, waiting: 0 });
    // The same weights under another card: from the same bases the same vectors come.
    expect(rows()).toEqual(before);
  });
});

describe('a refiner that cannot be used is one sentence, and the student answers', () => {
  const corrupt =
    (name: string, text: string) =>
    (dir: string): void =>
      writeFileSync(join(dir, name), text);
  test.each<[string, Record<string, unknown>, RegExp, ((dir: string) => void)?]>([
    ['of another student', { refines: { id: 'other', sha256: '' } }, /it refines other, not kenning-s1/],
    ['of an older student', { refines: { id: 'kenning-s1', sha256: '0' } }, /another version of kenning-s1/],
    ['of another kind', { architecture: 'mlp' }, /its architecture mlp is not known/],
    ['of another pooling', { pooling: 'cls' }, /its pooling cls is not known/],
    ['with other templates', { codeTemplate: '{code}' }, /its templates or dimensions are not those/],
    ['without special tokens', { specialTokens: null }, /lacks a field/],
    ['without a student', { refines: null }, /lacks a field/],
    ['whose card is cut', {}, /model\.json is not JSON/, corrupt('model.json', '{')],
    ['whose weights are others', {}, /model\.onnx is not the file/, corrupt('model.onnx', 'x')],
    ['without weights', {}, /model\.onnx cannot be read/, (dir) => rmSync(join(dir, 'model.onnx'))],
    [
      'whose weights are no model',
      // sha256 of `x`
      { files: filesWith('2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881') },
      /cannot be loaded/,
      corrupt('model.onnx', 'x'),
    ],
  ])('%s', async (_, change, sentence, damage) => {
    damage?.(writeRefiner(installDir, change));
    if (!damage) writeRefiner(installDir, change);
    const engine = await updated();
    const { notices, refined } = engine.status();
    expect(notices).toEqual([expect.stringMatching(sentence)]);
    expect(notices[0]).toMatch(/Kenning searches with its first model alone\.$/);
    expect(notices[0]!.split('\n')).toHaveLength(1);
    expect(refined).toBeNull();
    expect((await names(engine, 'knead the flour'))[0]).toBe('knead');
  });
});

function filesWith(onnx: string): Record<string, string> {
  const card = join(import.meta.dirname, '../fixtures/models/kenning-s2/model.json');
  const { files } = JSON.parse(readFileSync(card, 'utf8')) as { files: Record<string, string> };
  return { ...files, 'model.onnx': onnx };
}

test.each([1, 2, 3])('killed after batch %i, every function has a vector, and refining goes on', async (batch) => {
  const peaceful = await updated();
  await peaceful.refine();
  await peaceful.close();
  const expected = rows();
  storageDir = temporaryFolder();
  await killAfter(batch);
  const left = rows() as { refined: number; vector: string }[];
  const refined = left.filter((row) => row.refined === 1).length;
  expect(left).toHaveLength(expected.length);
  expect(new Set(left.map(({ vector }) => vector.length))).toEqual(new Set([512]));
  expect(refined).toBeGreaterThanOrEqual(128 * batch);
  const engine = await open();
  await expectWhole(engine);
  expect(await engine.update()).toMatchObject({ filesParsed: 0, embedded: 0 });
  expect(await engine.refine()).toMatchObject({ refined: expected.length - refined, waiting: 0 });
  expect(rows()).toEqual(expected);
});

async function killAfter(batch: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'refine-child.ts'), folder, storageDir, installDir],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let batches = 0;
  for await (const _ of createInterface(child.stdout)) if (++batches === batch) child.kill('SIGKILL');
  await ended;
}
