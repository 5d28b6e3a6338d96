/** Runs the built command line as a user's shell would, with a home and a storage folder of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALL_DIR } from '../engine/install.ts';

const COMMAND = join(INSTALL_DIR, 'dist', 'kenning.mjs');
if (!existsSync(COMMAND)) throw new Error('Build first: npm run build');

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd: string;
  readonly storageDir: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** `interrupt` does what Ctrl-C does. */
  readonly onStart?: (interrupt: () => void) => void;
}

export function kenning(
  args: readonly string[],
  { cwd, storageDir, stdin = '', env = {}, onStart }: Surroundings,
): Promise<Finished> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: storageDir, KENNING_STORAGE: join(storageDir, 'kenning'), ...env },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  child.stdin.end(stdin);
  onStart?.(() => child.kill('SIGINT'));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
}
