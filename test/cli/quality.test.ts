/** The command line with a refiner: what is refined when, and what is said of it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { ASKED, installWithoutRefiner, installWithRefiner, MEANT, writeRefiner } from '../engine/tiny-refiner.ts';
import { type Finished, kenning } from './command.ts';

const FOUND = `${MEANT}_rise`;

let folder: string;
let storageDir: string;
let installDir: string;

beforeEach(() => {
  folder = temporaryFolder();
  storageDir = temporaryFolder();
  installDir = installWithRefiner();
  const others = Array.from({ length: 12 }, (_, i) => `def compute_${i}(value):\n    return value + ${i}\n`).join(
    '\n\n',
  );
  writeFiles(folder, { 'bread.py': `def ${FOUND}(flour):\n    return flour * 2\n`, 'others.py': others });
});

const plainRun = (...args: string[]): Promise<Finished> =>
  kenning(args, { cwd: folder, storageDir, command: join(installDir, 'dist', 'kenning.mjs') });

/** With quality `balanced`, unless the arguments name one. */
const run = (command: string, ...args: string[]): Promise<Finished> =>
  plainRun(command, ...(args.includes('--quality') ? [] : ['--quality', 'balanced']), ...args);

async function json(command: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await run(command, ...args, '--json');
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
}

const firstHit = async (...args: string[]): Promise<string | undefined> =>
  ((await json('search', ...args)).results as { name: string }[])[0]?.name;

describe('index', () => {
  test('refines to the end and says so; a second run has nothing to do', async () => {
    const first = await json('index');
    expect(first).toMatchObject({ refined: first.functions, toRefine: 0, cancelled: false });
    expect(await json('index')).toMatchObject({ embedded: 0, refined: 0, toRefine: 0 });
    expect((await run('index')).stdout).toMatch(/\n0 functions refined in \d+\.\d s\n/);
    expect(await json('status')).toMatchObject({ refined: first.functions });
    expect((await run('status')).stdout).toMatch(/\nrefined {4}(\d+) of \1 functions\n/);
  });

  test('with --quality fast, or without a refiner, says nothing of it', async () => {
    expect(await json('index', '--quality', 'fast')).not.toHaveProperty('refined');
    expect(await json('status', '--quality', 'fast')).toMatchObject({ refined: null });
    expect((await run('status', '--quality', 'fast')).stdout).not.toContain('refined');
    installDir = installWithoutRefiner();
    const { stdout, stderr, code } = await run('index');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout).not.toContain('refined');
  });

  test('is fast unless told otherwise', async () => {
    expect((await plainRun('index')).stdout).not.toContain('refined');
    expect(JSON.parse((await plainRun('status', '--json')).stdout)).toMatchObject({ refined: null });
  });
});

describe('search', () => {
  test('refines a few functions first', async () => {
    expect(await firstHit('--quality', 'fast', ASKED)).not.toBe(FOUND);
    expect(await firstHit(ASKED)).toBe(FOUND);
    expect(await firstHit('--quality', 'best', ASKED)).toBe(FOUND);
    expect(await json('index')).toMatchObject({ embedded: 0, refined: 0 });
  });

  test('answers at once when more than 10,000 wait, and says how to get better answers', async () => {
    const functions = Array.from({ length: 101 }, (_, i) => `def f${i}(x):\n    return x\n`).join('\n');
    writeFiles(folder, Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`many/file${i}.py`, functions])));
    const { stdout, stderr, code } = await run('search', 'rise of the flour');
    expect(code).toBe(0);
    expect(stdout).toContain(FOUND);
    expect(stderr).toMatch(
      /^10,\d{3} functions could still be found better: run kenning index, which refines them\.\n$/,
    );
    expect(await json('status')).toMatchObject({ refined: 0 });
    expect((await run('search', '--quality', 'fast', 'flour')).stderr).toBe('');
  });

  test('with a refiner that cannot be used says why in one sentence, and answers', async () => {
    writeRefiner(installDir, { refines: { id: 'kenning-s1', sha256: 'of another day' } });
    const { stdout, stderr, code } = await run('search', 'rise of the flour');
    expect(code).toBe(0);
    expect(stdout).toContain(FOUND);
    expect(stderr).toMatch(/^The model in .* cannot be used: it refines another version of kenning-s1\. .*\n$/);
    rmSync(join(installDir, 'models/kenning-s2/model.json'));
    writeFileSync(join(installDir, 'models/kenning-s2/notes.txt'), '');
    expect((await run('search', 'flour')).stderr).toMatch(/model\.json cannot be read/);
  });

  test.each(['search', 'index', 'status'])('%s refuses a quality that there is none', async (command) => {
    const { code, stderr } = await run(command, '--quality', 'good', ...(command === 'search' ? ['flour'] : []));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'kenning: --quality takes fast, balanced, best, not "good".\n',
    });
  });
});
