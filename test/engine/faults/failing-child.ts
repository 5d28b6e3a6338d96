/**
 * Lives an index's life once for each fault of argv[2], as JSON, under the preloaded `faults.c`, and writes a line of JSON
 * about each: what failed, what the failure was told as, and what the index is after it. Operation 0 is a life in peace.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KenningError } from '../../../src/core/errors.ts';
import { type Ending, end, live, type Outcome, type Place } from './life.ts';
import { arm, operationsIn } from './preload.ts';

export interface Fault {
  readonly operation: number;
  readonly how: string;
}

export interface Told {
  readonly fault: Fault;
  /** All that were counted, up to the end of the life. */
  readonly operations: readonly string[];
  /** By step. */
  readonly errors: Readonly<
    Record<string, { readonly code: string; readonly message: string } | { readonly bug: string }>
  >;
  readonly ending: Ending | { readonly bug: string };
}

const [faults, dir, installDir] = process.argv.slice(2) as [string, string, string];
const log = process.env.KENNING_FAULT_LOG!;

for (const [i, fault] of (JSON.parse(faults) as Fault[]).entries()) {
  const place = { folder: join(dir, `${i}`, 'folder'), storageDir: join(dir, 'storage', `${i}`), installDir };
  mkdirSync(place.folder, { recursive: true });
  process.stdout.write(`${JSON.stringify(await told(fault, place))}\n`);
  rmSync(place.storageDir, { recursive: true, force: true });
}

async function told(fault: Fault, place: Place): Promise<Told> {
  arm(log, fault.operation, fault.how);
  const outcome = await live(place);
  const operations = operationsIn(log);
  arm(log, 0, 0);
  const ending = await end(place).catch((error: Error) => ({ bug: error.stack ?? error.message }));
  return { fault, operations, errors: errorsIn(outcome), ending };
}

function errorsIn(outcome: Outcome): Told['errors'] {
  const entries = Object.entries(outcome).filter(([, error]) => error !== null);
  return Object.fromEntries(
    entries.map(([step, error]) =>
      error instanceof KenningError
        ? [step, { code: error.code, message: error.message }]
        : [step, { bug: (error as Error).stack ?? String(error) }],
    ),
  );
}
