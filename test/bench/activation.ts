/** What the editor's start pays for the extension: its bundle's size, and its activation as a real extension host measures it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EDITION_DIR } from '../e2e/setup.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RUNS = 3;

export interface Activation {
  readonly bundleBytes: number;
  /** Of the run in the middle; null where no VS Code is installed for tests yet. */
  readonly host: { readonly loadMs: number; readonly activateMs: number } | null;
}

export function measureActivation(): Activation {
  const bundleBytes = statSync(join(ROOT, 'dist', 'extension.cjs')).size;
  // Its installation takes minutes, which is not for a benchmark to begin.
  if (!existsSync(join(EDITION_DIR, 'ready'))) return { bundleBytes, host: null };
  const runs = Array.from({ length: RUNS }, runHost).flatMap((run) => run ?? []);
  const sorted = runs.sort((a, b) => a.loadMs + a.activateMs - b.loadMs - b.activateMs);
  return { bundleBytes, host: sorted[Math.floor(sorted.length / 2)] ?? null };
}

function runHost(): Activation['host'] {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'test/e2e/run-host.ts'), 'folder'], {
    cwd: ROOT,
    env: { ...process.env, KENNING_GREP: 'activation' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) return null;
  return JSON.parse(readFileSync(join(ROOT, 'out', 'activation.json'), 'utf8')) as Activation['host'];
}

if (import.meta.main) console.log(JSON.stringify(measureActivation()));
