/** The background process as an editor starts it, once it has brought an index up to date, answered and rested. Linux. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';

const POLL_MS = 100;
const REST_MS = 10_000;

export interface Idle {
  readonly functions: number;
  /** What of its memory is resident, Node's own program included. */
  readonly residentBytes: number;
}

export async function measureIdle(options: EngineOptions, questions: readonly string[]): Promise<Idle> {
  const workerPath = join(options.installDir, 'dist', 'worker.mjs');
  const client = new ServiceClient({ workerPath, log: () => undefined });
  try {
    client.openFolder(options);
    client.update(options.folder, WHOLE_FOLDER);
    while (!client.folders[0]?.report) await setTimeout(POLL_MS);
    for (const query of questions) await client.search({ query, limit: 10 });
    await setTimeout(REST_MS);
    return { functions: client.folders[0].report.functions, residentBytes: residentBytes(client.pid!) };
  } finally {
    await client.stop();
  }
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
}
