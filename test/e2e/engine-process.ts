/** The engine's process as the system sees it, for tests that end it from outside. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LIMIT_MS = 30_000;
const POLL_MS = 20;

interface Engine {
  readonly pid: number;
  /** The extension host that has started it: one to a window. */
  readonly parent: number;
  /** In ticks since the machine's start. */
  readonly startedAt: number;
}

/** For the window opened last: each call waits for an engine other than the one before, and ends it. */
export function engineKiller(serverDir: string): () => Promise<void> {
  let former: Engine | undefined;
  return async () => {
    const giveUpAtMs = Date.now() + LIMIT_MS;
    while (Date.now() < giveUpAtMs) {
      const engine = newest(enginesOf(serverDir).filter(({ parent }) => !former || parent === former.parent));
      if (engine && engine.pid !== former?.pid) {
        former = engine;
        process.kill(engine.pid, 'SIGKILL');
        return;
      }
      await sleep(POLL_MS);
    }
    throw new Error('no engine to be killed');
  };
}

const newest = (engines: readonly Engine[]): Engine | undefined =>
  engines.toSorted((a, b) => b.startedAt - a.startedAt)[0];

/** Only a server of this directory runs the worker from there. */
function enginesOf(serverDir: string): Engine[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && isEngine(name, serverDir))
    .map((pid) => {
      // After the name in brackets: state, parent, and much else, of which the 22nd field of all is the start.
      const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ');
      return { pid: Number(pid), parent: Number(fields[1]), startedAt: Number(fields[19]) };
    });
}

function isEngine(pid: string, serverDir: string): boolean {
  const command = read(`/proc/${pid}/cmdline`).split('\0');
  return command.some((word) => word.startsWith(serverDir) && word.endsWith('/dist/worker.mjs'));
}

/** Empty where the process has gone. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
