/** One folder through its life: indexed, searched, edited, renamed, interrupted. With the shipped student. */
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from './install.ts';
import { CART_GO, RETRY_TS } from './sample-sources.ts';
import { filesAreOld, temporaryFolder, writeFiles } from './temporary.ts';

const FILES = {
  'src/dates.py':
    'def parse_date(text):\n    """Turn text such as 3 May 2021 into a date."""\n    return strptime(text)\n\n\ndef days_between(a, b):\n    return abs(b - a).days\n',
  'src/retry.ts': RETRY_TS,
  'src/cart.go': CART_GO,
  'plants.rules': 'water the plants := every day\n',
  '.gitignore': 'build/\n',
  'build/out.js': 'function generatedThing() {}\n',
  '.env': 'SECRET=1\n',
  'logo.png': '\u0089PNG\u0000\u0001',
};

let folder: string;
let storageDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  mkdirSync(join(folder, '.git'));
  writeFiles(folder, FILES);
});

async function open(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR, ...options });
  onTestFinished(() => engine.close());
  return engine;
}

async function names(engine: Engine, query: string): Promise<string[]> {
  return (await engine.search({ query, limit: 5 })).results.map(({ name }) => name);
}

describe('a folder', () => {
  test.each([
    ['turn a string into a date', 'parse_date', 'src/dates.py', 1],
    ['wait longer after every failed attempt', 'retryWithBackoff', 'src/retry.ts', 2],
    ['sum of the prices of a shopping cart', 'Cart.Total', 'src/cart.go', 4],
  ])('%s → %s', async (query, name, path, startLine) => {
    const engine = await open();
    await engine.update();
    const { results, index } = await engine.search({ query, limit: 5 });
    expect(results[0]).toMatchObject({ name, path, startLine });
    expect(index.complete).toBe(true);
  });

  test('is never written to', async () => {
    const before = readdirSync(folder, { recursive: true });
    const engine = await open();
    await engine.update();
    await engine.search({ query: 'date', limit: 5 });
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  test('that did not change is neither parsed nor embedded, in this process or the next', async () => {
    await filesAreOld();
    const engine = await open();
    const first = await engine.update();
    expect(first.filesParsed).toBe(4);
    expect(first.embedded).toBeGreaterThanOrEqual(5);
    const { generation } = engine.status();
    expect(await engine.update()).toMatchObject({ filesParsed: 0, embedded: 0, functions: first.functions });
    expect(engine.status().generation).toBe(generation);
    await engine.close();
    expect(await (await open()).update()).toMatchObject({ filesParsed: 0, embedded: 0, functions: first.functions });
  });

  test('whose files were only touched is read, not parsed', async () => {
    const engine = await open();
    await engine.update();
    utimesSync(join(folder, 'src/dates.py'), 1, 1);
    expect(await engine.update()).toMatchObject({ filesParsed: 0, embedded: 0 });
  });

  test('that is empty has an index of nothing', async () => {
    for (const entry of readdirSync(folder)) rmSync(join(folder, entry), { recursive: true });
    const engine = await open();
    expect(await engine.update()).toMatchObject({ files: 0, functions: 0, cancelled: false });
    expect(await names(engine, 'anything')).toEqual([]);
  });

  test('that is gone is an error with a code', async () => {
    const engine = await open();
    rmSync(folder, { recursive: true });
    await expect(engine.update()).rejects.toMatchObject({ code: 'folder-not-found' });
  });
});

describe('a change', () => {
  test('in one function embeds that one', async () => {
    const engine = await open();
    await engine.update();
    writeFiles(folder, { 'src/dates.py': FILES['src/dates.py'].replace('abs(b - a).days', 'abs(b - a).days + 0') });
    expect(await engine.update()).toMatchObject({ filesParsed: 1, embedded: 1 });
    expect((await names(engine, 'days between two dates'))[0]).toBe('days_between');
  });

  test('is found, what was there before is not', async () => {
    const engine = await open();
    await engine.update();
    writeFiles(folder, { 'src/dates.py': 'def moon_phase(day):\n    return day % 29\n' });
    await engine.update({ paths: ['src/dates.py'] });
    expect((await names(engine, 'phase of the moon'))[0]).toBe('moon_phase');
    expect(await names(engine, 'parse date')).not.toContain('parse_date');
  });

  test('of a name moves the hits', async () => {
    const engine = await open();
    await engine.update();
    renameSync(join(folder, 'src'), join(folder, 'lib'));
    await engine.update();
    const { results } = await engine.search({ query: 'turn a string into a date', limit: 10 });
    expect(results[0]?.path).toBe('lib/dates.py');
    expect(results.filter(({ path }) => path.startsWith('src/'))).toEqual([]);
  });

  test('of the rules takes files in and out', async () => {
    const engine = await open();
    await engine.update();
    expect(await names(engine, 'generated thing')).not.toContain('generatedThing');
    writeFiles(folder, { '.gitignore': 'src/\n' });
    await engine.update();
    expect((await names(engine, 'generated thing'))[0]).toBe('generatedThing');
    expect(await names(engine, 'turn a string into a date')).not.toContain('parse_date');
  });

  test('told by its folder is followed, and what lies elsewhere is left for later', async () => {
    const engine = await open();
    await engine.update();
    rmSync(join(folder, 'src'), { recursive: true });
    rmSync(join(folder, 'plants.rules'));
    await engine.update({ paths: ['src'] });
    expect(engine.status().files).toBe(1);
    await engine.update();
    expect(engine.status().files).toBe(0);
  });
});

describe('an update', () => {
  test('that is cancelled keeps what it has, and the next one does the rest', async () => {
    manyFiles(80);
    const engine = await open();
    const controller = new AbortController();
    const report = await engine.update({
      signal: controller.signal,
      onProgress: ({ done, phase }) => phase === 'index' && done > 0 && controller.abort(),
    });
    expect(report.cancelled).toBe(true);
    expect(report.embedded).toBeGreaterThan(0);
    expect(engine.status()).toMatchObject({ complete: false, functions: report.functions });
    expect((await engine.search({ query: 'compute', limit: 3 })).results).toHaveLength(3);
    const rest = await engine.update();
    expect(rest.embedded).toBeLessThan(rest.functions);
    expect(engine.status().complete).toBe(true);
  });

  test('waits at its gate, and answers meanwhile', async () => {
    manyFiles(80);
    const engine = await open();
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const updating = engine.update({
      gate: () => {
        reached.resolve();
        return gate.promise;
      },
    });
    await reached.promise;
    const { index, results } = await engine.search({ query: 'compute', limit: 3 });
    expect(index.complete).toBe(false);
    expect(results).toHaveLength(3);
    gate.resolve();
    expect((await updating).cancelled).toBe(false);
  });

  test('of an index that another engine is writing is refused, and goes through later', async () => {
    manyFiles(80);
    const [one, other] = [await open(), await open()];
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const updating = one.update({
      gate: () => {
        reached.resolve();
        return gate.promise;
      },
    });
    await reached.promise;
    await expect(other.update()).rejects.toMatchObject({ code: 'index-locked' });
    gate.resolve();
    await updating;
    expect(await other.update()).toMatchObject({ embedded: 0 });
    expect((await other.search({ query: 'compute', limit: 3 })).results).toHaveLength(3);
  });

  test('that rebuilds makes everything again, with the same answers', async () => {
    const engine = await open();
    const first = await engine.update();
    const before = await names(engine, 'turn a string into a date');
    expect(await engine.update({ rebuild: true })).toMatchObject({ embedded: first.embedded });
    expect(await names(engine, 'turn a string into a date')).toEqual(before);
  });
});

test('a rebuild that is cancelled before it begins leaves the index as it was', async () => {
  const engine = await open();
  await engine.update();
  const { functions } = engine.status();
  expect(await engine.update({ rebuild: true, signal: AbortSignal.abort() })).toMatchObject({ cancelled: true });
  expect(engine.status()).toMatchObject({ functions, complete: true });
});

test('the progress of an update tells how many functions the index holds, while it looks for files as well', async () => {
  const engine = await open();
  await engine.update();
  const { functions } = engine.status();
  const told = new Set<number>();
  await engine.update({ rebuild: false, onProgress: (progress) => told.add(progress.functions) });
  expect([...told]).toEqual([functions]);
});

test.each([
  ['src/dates.py', { indexed: true, language: 'python', functions: 2, problem: null }],
  ['build/out.js', { indexed: false, skip: { code: 'ignored' } }],
  ['.env', { indexed: false, skip: { code: 'secret' } }],
  ['logo.png', { indexed: false }],
  ['nowhere.py', { indexed: false }],
])('why %s', async (file, expected) => {
  const engine = await open();
  await engine.update();
  expect(await engine.why(file)).toMatchObject(expected);
});

test('its folders are those of indexed files', async () => {
  writeFiles(folder, { 'src/deep/down/cart.go': CART_GO, 'notes/todo.txt': '' });
  const engine = await open();
  await engine.update();
  expect([...(await engine.indexedFolders())].sort()).toEqual(['', 'src/', 'src/deep/down/']);
});

test('a saved graph answers as the scan does', async () => {
  const exact = await open({ vectorIndex: 'exact' });
  await exact.update();
  const expected = await names(exact, 'turn a string into a date');
  await exact.close();
  const engine = await open({ vectorIndex: 'graph', quality: 'fast' });
  writeFileSync(join(folder, 'more.py'), 'def unrelated():\n    return 1\n');
  await engine.update();
  await expect.poll(() => engine.status().vectorIndex).toBe('graph');
  expect((await names(engine, 'turn a string into a date')).slice(0, 2)).toEqual(expected.slice(0, 2));
  await engine.close();
  const again = await open({ vectorIndex: 'graph' });
  // The first answer is the scan's, and the graph is read after it.
  expect((await names(again, 'turn a string into a date')).slice(0, 2)).toEqual(expected.slice(0, 2));
  await expect.poll(() => again.status().vectorIndex).toBe('graph');
  expect((await names(again, 'turn a string into a date')).slice(0, 2)).toEqual(expected.slice(0, 2));
});

test('an installation without the native graph says so once and answers by the scan', async () => {
  const installDir = temporaryFolder();
  for (const part of ['models', 'package.json']) symlinkSync(join(INSTALL_DIR, part), join(installDir, part));
  mkdirSync(join(installDir, 'dist'));
  for (const part of ['grammars', 'scan.wasm']) {
    symlinkSync(join(INSTALL_DIR, 'dist', part), join(installDir, 'dist', part));
  }
  const engine = await open({ installDir, vectorIndex: 'graph' });
  await engine.update();
  expect(engine.status()).toMatchObject({
    vectorIndex: 'exact',
    notices: [expect.stringMatching(/native HNSW graph/)],
  });
  expect((await names(engine, 'turn a string into a date'))[0]).toBe('parse_date');
  await engine.close();
  const exact = await open({ installDir, vectorIndex: 'exact' });
  expect(exact.status().notices).toEqual([]);
});

/** Enough for several batches. */
function manyFiles(count: number): void {
  const functions = (file: number): string =>
    Array.from({ length: 20 }, (_, i) => `def compute_${file}_${i}(value):\n    return value + ${i}\n`).join('\n\n');
  writeFiles(folder, Object.fromEntries(Array.from({ length: count }, (_, i) => [`many/file${i}.py`, functions(i)])));
}
