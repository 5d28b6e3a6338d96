/** What cannot be read for a moment keeps its place in the index. The tests may run as root, whom no permission stops. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Engine } from '../../../src/engine/api.ts';
import { openEngine } from '../../../src/engine/open.ts';
import { INSTALL_DIR } from '../install.ts';
import { temporaryFolder, writeFiles } from '../temporary.ts';

/** The end of a path → the code with which reading it fails. */
const broken = new Map<string, string>();

const failIfBroken = vi.hoisted(() => (path: unknown, codes: ReadonlyMap<string, string>): void => {
  const code = [...codes].find(([end]) => String(path).replace(/\/$/, '').endsWith(end))?.[1];
  if (code) throw Object.assign(new Error(`${code}: ${path}`), { code });
});

vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>();
  const readdir = async (path: string, options: { withFileTypes: true }) => {
    failIfBroken(path, broken);
    return fs.readdir(path, options);
  };
  return { ...fs, readdir };
});

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const openSync = (path: string, flags: number): number => {
    failIfBroken(path, broken);
    return fs.openSync(path, flags);
  };
  return { ...fs, openSync };
});

let folder: string;
let engine: Engine;

beforeEach(async () => {
  broken.clear();
  folder = temporaryFolder();
  writeFiles(folder, {
    'a.py': 'def alpha():\n    return 1\n',
    'shut/b.py': 'def beta():\n    return 2\n',
    'shut/in/c.py': 'def gamma():\n    return 3\n',
  });
  engine = await openEngine({ folder, storageDir: temporaryFolder(), installDir: INSTALL_DIR });
  onTestFinished(() => engine.close());
  await engine.update();
});

test.each(['EACCES', 'EIO', 'UNKNOWN'])('a folder that cannot be listed (%s) keeps its functions', async (code) => {
  expect(engine.status().functions).toBe(3);
  broken.set('/shut', code);
  await engine.update();
  await engine.update({ paths: ['shut/b.py', 'shut/in'] });
  expect(engine.status().functions).toBe(3);
  broken.clear();
  rmSync(join(folder, 'shut'), { recursive: true });
  await engine.update();
  expect(engine.status().functions).toBe(1);
});

test.each(['EIO', 'Unknown system error -116'])('a file that cannot be read (%s) keeps its functions', async (code) => {
  broken.set('/shut/b.py', code);
  writeFileSync(join(folder, 'shut/b.py'), 'def beta():\n    return 22\n');
  writeFileSync(join(folder, 'a.py'), 'def alpha():\n    return 1\n\n\ndef delta():\n    return 4\n');
  expect((await engine.update()).cancelled).toBe(false);
  expect(engine.status().functions).toBe(4);
});
