/**
 * Each file of an index, whatever its kind, is damaged, cut, replaced or gone: what is opened answers, and is in the end as
 * an index made in peace. The files are those that a killed process leaves, its write-ahead log among them.
 */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { sharedFolder, temporaryFolder, writeFiles } from '../temporary.ts';
import { createRandom, flipBit } from './random.ts';

const KINDS = [
  'folder.txt',
  'identity.json',
  'index.db',
  'index.db-shm',
  'index.db-wal',
  'writer.lock',
  'writing',
  'base.seg',
  'base.seg.graph',
];

const random = createRandom(5);

const DAMAGES: Readonly<Record<string, (file: string, bytes: Buffer) => void>> = {
  'one bit turned over': (file, bytes) => writeFileSync(file, bytes.length > 0 ? flipBit(bytes, random) : 'x'),
  'cut in half': (file, bytes) => writeFileSync(file, bytes.subarray(0, bytes.length >> 1)),
  'of another program': (file) => writeFileSync(file, 'This is no part of any index.\n'.repeat(300)),
  gone: (file) => rmSync(file),
};

const QUESTIONS = ['ties a ship to its berth', 'quench the kiln', 'moor_ship_3'];
const folder = sharedFolder();
/** As it lies on disk while an engine has it open. */
const killed = sharedFolder();
let expected: readonly unknown[];

const open = (storageDir: string): Promise<Engine> =>
  openEngine({ folder, storageDir, installDir: INSTALL_DIR, vectorIndex: 'graph' });

const answersOf = (engine: Engine): Promise<unknown[]> =>
  Promise.all(QUESTIONS.map(async (query) => (await engine.search({ query, limit: 8 })).results));

const kindOf = (path: string): string => path.replace(/^.*[/\\]/, '').replace(/^base-\d+-[0-9a-f]+/, 'base');

beforeAll(async () => {
  writeFiles(
    folder,
    Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `port${i}.py`,
        `def moor_ship_${i}(ship, berth):\n    """Ties ship ${i} to its berth."""\n    berth.tie(ship)\n\n\ndef quench_${i}(kiln):\n    return kiln.quench(${i})\n`,
      ]),
    ),
  );
  const storageDir = sharedFolder();
  const engine = await open(storageDir);
  await engine.update();
  await vi.waitFor(() => expect(engine.status().vectorIndex).toBe('graph'), { timeout: 20_000 });
  expected = await answersOf(engine);
  cpSync(storageDir, killed, { recursive: true });
  writeFileSync(join(dirname(pathIn(killed, 'index.db')), 'writing'), '');
  await engine.close();
});

const pathIn = (storageDir: string, kind: string): string =>
  join(storageDir, globSync('**/*.*', { cwd: storageDir }).find((path) => kindOf(path) === kind)!);

test('these are all kinds of files that there are', () => {
  const files = globSync('**', { cwd: killed, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => kindOf(name)).sort()).toEqual([...KINDS].sort());
});

test.each(KINDS.flatMap((kind) => Object.keys(DAMAGES).map((damage) => [kind, damage] as const)))(
  '%s, %s',
  async (kind, damage) => {
    const storageDir = temporaryFolder();
    cpSync(killed, storageDir, { recursive: true });
    const file = kind === 'writing' ? join(dirname(pathIn(storageDir, 'index.db')), kind) : pathIn(storageDir, kind);
    DAMAGES[damage]!(file, readFileSync(file));
    const engine = await open(storageDir);
    // Before it is mended: something may be missing, nothing is wrong.
    const before = (await answersOf(engine)).flat() as { name: string }[];
    expect(before.every(({ name }) => /^(moor_ship|quench)_\d+$/.test(name))).toBe(true);
    await engine.verify();
    await engine.close();
    const next = await open(storageDir);
    onTestFinished(() => next.close());
    await next.update();
    expect(await answersOf(next)).toEqual(expected);
    await vi.waitFor(() => expect(next.status().vectorIndex).toBe('graph'), { timeout: 20_000 });
    expect(await next.verify()).toMatchObject({ sound: true });
  },
);

test('a folder in the place of the database is one sentence', async () => {
  const storageDir = temporaryFolder();
  cpSync(killed, storageDir, { recursive: true });
  const file = pathIn(storageDir, 'index.db');
  rmSync(file);
  mkdirSync(file);
  await expect(open(storageDir)).rejects.toMatchObject({
    code: 'index-write-failed',
    message: expect.stringMatching(/^The index could not be written: .*\.$/),
  });
});
