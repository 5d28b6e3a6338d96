/** Folders, clients and waiting for tests of the service. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import { ServiceClient } from '../../src/service/client.ts';
import type { FakeBehaviour } from './fake-engine.ts';

export const FAKE_WORKER = join(import.meta.dirname, 'fake-worker.ts');

export interface Bench {
  readonly client: ServiceClient;
  readonly log: string[];
  readonly storageDir: string;
  /** Makes a folder with `one.txt` and returns what opens it. */
  folder(name: string, text: string, behaviour?: FakeBehaviour): EngineOptions;
  until(condition: () => boolean, what: string): Promise<void>;
}

/** Everything is stopped and removed when the test ends. */
export function createBench(workerPath = FAKE_WORKER, first: () => readonly string[] = () => []): Bench {
  const dir = mkdtempSync(join(tmpdir(), 'kenning-service-'));
  const log: string[] = [];
  const client = new ServiceClient({ workerPath, first, log: (line) => log.push(line) });
  const storageDir = join(dir, 'storage');
  onTestFinished(async () => {
    await client.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    client,
    log,
    storageDir,
    folder(name, text, behaviour = {}) {
      const folder = join(dir, name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'one.txt'), text);
      writeFileSync(join(folder, 'fake.json'), JSON.stringify(behaviour));
      return { folder, storageDir, installDir: dir };
    },
    until: (condition, what) => waitUntil(client, log, condition, what),
  };
}

/** Five processes that start one after the other on a busy machine, with seconds in between. */
const LIMIT_MS = 50_000;

async function waitUntil(client: ServiceClient, log: string[], condition: () => boolean, what: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const check = (): void => {
    if (condition()) resolve();
  };
  const listener = client.onDidChange(check);
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => limit.reject(new Error(`never ${what}: ${JSON.stringify(client.folders)}\n${log.join('\n')}`)),
    LIMIT_MS,
  );
  check();
  try {
    await Promise.race([promise, limit.promise]);
  } finally {
    clearTimeout(timer);
    listener.dispose();
  }
}
