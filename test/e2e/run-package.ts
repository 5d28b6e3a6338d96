/**
 * `npm run test:package -- FILE.vsix...`: unpacks each package and asks its command line about the fixture, as a release is
 * tried on the platform that it is for. What the target says it holds must be there and load; the universal one and one of
 * this platform run anywhere that this test does.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { TARGETS } from '../../scripts/targets.mjs';
import { readVsix } from './vsix.ts';

const FIXTURE = resolve(import.meta.dirname, '../fixtures/workspace');
const QUESTION = 'send a file to the server';
const ANSWER = 'HttpClient.uploadFile';

for (const file of process.argv.slice(2)) tryPackage(file);

function tryPackage(file: string): void {
  const target = Object.keys(TARGETS).find((name) => basename(file).startsWith(`kenning-${name}-`));
  if (!target) throw new Error(`${file} is named like no package of ours.`);
  const dir = mkdtempSync(join(tmpdir(), 'kenning-package-'));
  try {
    unpack(file, dir);
    const { hasGraph, hasRuntime } = TARGETS[target]!;
    assert.equal(graphLoads(dir), hasGraph, `${target}: the graph's native part`);
    assert.match(kenning(dir, 'search', '--path', FIXTURE, QUESTION).split('\n')[0]!, new RegExp(ANSWER));
    const { runtime, notices } = JSON.parse(
      kenning(dir, 'status', '--path', FIXTURE, '--quality', 'balanced', '--json'),
    ) as Status;
    assert.deepEqual({ runtime, notices }, { runtime: hasRuntime ? 'native' : 'wasm', notices: [] });
    process.stdout.write(`  ✓ ${basename(file)}: ${runtime} models, ${hasGraph ? 'graph' : 'exact scan'}\n`);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
  }
}

interface Status {
  readonly runtime: string;
  readonly notices: readonly string[];
}

function unpack(file: string, dir: string): void {
  for (const { name, content } of readVsix(file)) {
    if (name.endsWith('/')) continue;
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

function graphLoads(dir: string): boolean {
  const addon = join(dir, 'extension/dist/native/hnswlib.node');
  if (!existsSync(addon)) return false;
  // In a process of its own: a library that is loaded cannot be removed on Windows.
  execFileSync(process.execPath, ['-e', `new (require(process.argv[1]).HierarchicalNSW)('ip', 4)`, addon]);
  return true;
}

function kenning(dir: string, ...args: readonly string[]): string {
  const env = { ...process.env, KENNING_STORAGE: join(dir, 'storage') };
  return execFileSync(process.execPath, [join(dir, 'extension/dist/kenning.mjs'), ...args], { env, encoding: 'utf8' });
}
