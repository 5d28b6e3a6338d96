/** Makes `faults.c` a library, and the environment of a process that is to run under it. */
import { execFileSync } from 'node:child_process';
import { openSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** Linux with a C compiler: elsewhere there is nothing to preload. */
export const CAN_PRELOAD = process.platform === 'linux';

/** Returns the library's path. */
export function compileFaults(dir: string): string {
  const library = join(dir, 'faults.so');
  const source = join(import.meta.dirname, 'faults.c');
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl', '-lpthread'], { stdio: 'inherit' });
  return library;
}

/** `under`: the folder whose changes count. */
export function faultEnvironment(library: string, under: string, log: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    LD_PRELOAD: library,
    KENNING_FAULT_UNDER: under,
    KENNING_FAULT_LOG: log,
    NODE_NO_WARNINGS: '1',
  };
}

/** Within the process: counts anew, and arms the fault. `how`: as `faults.c` says. */
export function arm(log: string, operation: number, how: string | number): void {
  truncateSync(log);
  try {
    openSync(`/kenning-fault/${operation}/${how}`, 'r');
  } catch {
    // It is no file.
    return;
  }
}

/** Each as "number operation path". */
export const operationsIn = (log: string): string[] => readFileSync(log, 'utf8').split('\n').filter(Boolean);
