/** Damage of every kind is found and named, or changes nothing; afterwards the index answers as one made in peace. */
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { VerifyReport } from '../../../src/engine/api/repair.ts';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { sharedFolder, temporaryFolder, writeFiles } from '../temporary.ts';
import { createRandom, flipBit } from './random.ts';

const QUESTIONS = ['ties a ship to its berth', 'quench the kiln', 'moor_ship_3'];
const FILES = Object.fromEntries(
  Array.from({ length: 24 }, (_, i) => [
    `port${i}.py`,
    `def moor_ship_${i}(ship, berth):\n    """Ties ship ${i} to its berth in the harbour."""\n    berth.tie(ship)\n\n\ndef quench_${i}(kiln):\n    return kiln.quench(${i})\n`,
  ]),
);

interface Prepared {
  readonly folder: string;
  readonly storageDir: string;
}

const prepared: Prepared = { folder: sharedFolder(), storageDir: sharedFolder() };
let expected: readonly unknown[];

async function open({ folder, storageDir }: Prepared): Promise<Engine> {
  const engine = await openEngine({ folder, storageDir, installDir: INSTALL_DIR, vectorIndex: 'graph' });
  onTestFinished(() => engine.close());
  return engine;
}

const answersOf = (engine: Engine): Promise<unknown[]> =>
  Promise.all(
    QUESTIONS.map(async (query) => {
      const { results } = await engine.search({ query, limit: 8 });
      return results.map(({ path, startLine, name, score, preview }) => ({ path, startLine, name, score, preview }));
    }),
  );

const indexDir = ({ storageDir }: Prepared): string =>
  join(storageDir, dirname(globSync('*/*/index.db', { cwd: storageDir })[0]!));

/** A copy of the sound index, for the same folder. */
function copied(): Prepared & { dir: string } {
  const storageDir = temporaryFolder();
  cpSync(prepared.storageDir, storageDir, { recursive: true });
  const copy = { folder: prepared.folder, storageDir };
  return { ...copy, dir: indexDir(copy) };
}

const areas = ({ checks }: VerifyReport): string[] =>
  checks.filter(({ problems }) => problems.length > 0).map(({ area }) => area);

/** What the index answers once it is opened again and brought up to date. */
async function mended(index: Prepared): Promise<void> {
  const engine = await open(index);
  await engine.update();
  expect(await answersOf(engine)).toEqual(expected);
  expect(await engine.verify()).toMatchObject({ sound: true, remedy: null });
  await engine.close();
}

beforeAll(async () => {
  writeFiles(prepared.folder, FILES);
  const engine = await openEngine({ ...prepared, installDir: INSTALL_DIR, vectorIndex: 'graph' });
  await engine.update();
  await vi.waitFor(() => expect(engine.status().vectorIndex).toBe('graph'), { timeout: 10_000 });
  expected = await answersOf(engine);
  await engine.close();
});

test('an index made in peace is sound, and all of it is looked at', async () => {
  const engine = await open(copied());
  const report = await engine.verify();
  expect(report).toMatchObject({ sound: true, remedy: null });
  expect(report.checks.map(({ area }) => area)).toEqual([
    'database',
    'files',
    'functions',
    'terms',
    'state',
    'identity',
    'segment',
    'graph',
  ]);
  expect(await answersOf(engine)).toEqual(expected);
});

/** The file of each kind, below the index's folder. */
const KINDS = { segment: 'base-*.seg', graph: 'base-*.graph' } as const;

const fileOf = (dir: string, kind: keyof typeof KINDS): string => join(dir, globSync(KINDS[kind], { cwd: dir })[0]!);

const DAMAGES: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'one bit turned over (seed 1)': (bytes) => flipBit(bytes, createRandom(1)),
  'one bit turned over (seed 2)': (bytes) => flipBit(bytes, createRandom(2)),
  'cut in half': (bytes) => bytes.subarray(0, bytes.length >> 1),
  'cut to nothing': () => Buffer.alloc(0),
};

test.each((['segment', 'graph'] as const).flatMap((kind) => Object.keys(DAMAGES).map((name) => [kind, name] as const)))(
  '%s, %s: told, not used, and made again',
  async (kind, name) => {
    const index = copied();
    const file = fileOf(index.dir, kind);
    writeFileSync(file, DAMAGES[name]!(readFileSync(file)));
    const engine = await open(index);
    // A search would have a graph that cannot be used made anew.
    const report = await engine.verify();
    expect(areas(report)).toContain(kind);
    expect(report).toMatchObject({ sound: false, remedy: expect.stringContaining('made from the database') });
    expect(await answersOf(engine)).toEqual(expected);
    expect(engine.status().notices).toEqual([]);
    await engine.update();
    await engine.close();
    await mended(index);
  },
);

test('the base segment of another index is not taken for this one', async () => {
  const [index, other] = [copied(), { folder: temporaryFolder(), storageDir: temporaryFolder() }];
  writeFiles(other.folder, { 'kiln.py': FILES['port1.py']!.replaceAll('quench', 'glaze') });
  const foreign = await open(other);
  await foreign.update();
  await foreign.close();
  writeFileSync(fileOf(index.dir, 'segment'), readFileSync(fileOf(indexDir(other), 'segment')));
  const engine = await open(index);
  expect(await answersOf(engine)).toEqual(expected);
  expect(areas(await engine.verify())).toContain('segment');
});

test('the database of another folder, sound in itself, is set aside', async () => {
  const [index, other] = [copied(), { folder: temporaryFolder(), storageDir: temporaryFolder() }];
  writeFiles(other.folder, { 'kiln.py': FILES['port1.py']! });
  const foreign = await open(other);
  await foreign.update();
  await foreign.close();
  writeFileSync(join(index.dir, 'index.db'), readFileSync(join(indexDir(other), 'index.db')));
  const engine = await open(index);
  expect(engine.status()).toMatchObject({ functions: 0, complete: false });
  await engine.close();
  await mended(index);
});

/** Within the row that holds it, so that SQLite itself sees nothing. */
function overwrite(dir: string, text: string, by: string): void {
  const file = join(dir, 'index.db');
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  bytes.write(by, at);
  writeFileSync(file, bytes);
}

test('a changed name in a row: the rest answers, an update is refused, the next opening mends it', async () => {
  const index = copied();
  // A preview stands in the row of the function alone.
  overwrite(index.dir, 'def quench_7(kiln)', 'def quench_8(kiln)');
  const engine = await open(index);
  const { results } = await engine.search({ query: 'quench_7', limit: 20 });
  expect(results.length).toBeGreaterThan(5);
  expect(results.filter(({ path, name }) => path === 'port7.py' && name === 'quench_7')).toEqual([]);
  expect(engine.status().notices).toEqual([expect.stringContaining('damaged')]);
  await expect(engine.update()).rejects.toMatchObject({ code: 'index-unreadable' });
  expect(areas(await engine.verify())).toEqual(['functions']);
  await engine.close();
  await mended(index);
});
