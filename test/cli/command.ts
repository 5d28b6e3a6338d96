/** Runs the built command line as a user's shell would, with a home and a storage folder of its own. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { isFresh } from '../../scripts/stamp.mjs';
import { INSTALL_DIR } from '../engine/install.ts';

export const COMMAND = join(INSTALL_DIR, 'dist', 'kenning.mjs');
if (!isFresh(dirname(COMMAND))) throw new Error('dist/ is older than its sources. Build first: npm run build');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly storageDir: string;
  readonly stdin?: string;
  /** Another installation's command. */
  readonly command?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `interrupt` does what Ctrl-C does, or sends another signal. */
  readonly onStart?: (interrupt: (signal?: NodeJS.Signals) => void) => void;
}

/** Nothing of the surroundings but the path to programs. */
export function environment(storageDir: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: storageDir, KENNING_STORAGE: join(storageDir, 'kenning'), ...more };
}

export function kenning(
  args: readonly string[],
  { cwd, storageDir, stdin = '', command = COMMAND, env = {}, onStart }: Surroundings,
): Promise<Finished> {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: environment(storageDir, env),
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  // A command that ends without reading its input is no failure.
  child.stdin.on('error', () => {}).end(stdin);
  onStart?.((signal = 'SIGINT') => child.kill(signal));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
}
