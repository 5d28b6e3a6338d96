/**
 * What the editor's start pays for the extension: its bundle's size, and its activation as a real extension host measures it,
 * beside that of an extension that does nothing, which is what the editor itself takes for each.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EDITION_DIR } from '../e2e/setup.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const EMPTY_EXTENSION = join(ROOT, 'test', 'fixtures', 'empty-extension');
const RUNS = 5;

export interface Start {
  readonly loadMs: number;
  readonly activateMs: number;
}

export interface Activation {
  readonly bundleBytes: number;
  /** Of the run in the middle; null where no VS Code is installed for tests yet. */
  readonly host: Start | null;
  /** The same of an extension that does nothing. */
  readonly empty: Start | null;
}

export function measureActivation(): Activation {
  const bundleBytes = statSync(join(ROOT, 'dist', 'extension.cjs')).size;
  // Its installation takes minutes, which is not for a benchmark to begin.
  if (!existsSync(join(EDITION_DIR, 'ready'))) return { bundleBytes, host: null, empty: null };
  // In turn: what else the machine has to do meets both.
  const runs = Array.from({ length: RUNS }, () => ({ own: startOf(ROOT), empty: startOf(EMPTY_EXTENSION) }));
  return { bundleBytes, host: middleOf(runs.map(({ own }) => own)), empty: middleOf(runs.map(({ empty }) => empty)) };
}

function middleOf(starts: readonly (Start | null)[]): Start | null {
  const totalMs = ({ loadMs, activateMs }: Start): number => loadMs + activateMs;
  const sorted = starts.flatMap((start) => start ?? []).sort((a, b) => totalMs(a) - totalMs(b));
  return sorted[sorted.length >> 1] ?? null;
}

function startOf(extensionDir: string): Start | null {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'test/e2e/run-host.ts'), 'folder'], {
    cwd: ROOT,
    env: { ...process.env, KENNING_GREP: 'activation', KENNING_EXTENSION_DIR: extensionDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) return null;
  return JSON.parse(readFileSync(join(ROOT, 'out', 'activation.json'), 'utf8')) as Start;
}

if (import.meta.main) console.log(JSON.stringify(measureActivation()));
