/**
 * SIGKILL at moments all over an index's life: at a write, in the middle of one, at any time. What is left opens, and ends
 * as an index made in peace. Twelve moments; KENNING_KILLS=200 npx vitest run test/engine/faults/kills.test.ts for more.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../repair/random.ts';
import { temporaryFolder } from '../temporary.ts';
import { installWithRefiner } from '../tiny-refiner.ts';
import { type Ending, end, type Place } from './life.ts';
import { CAN_PRELOAD, compileFaults, faultEnvironment, operationsIn } from './preload.ts';

const MOMENTS = Number(process.env.KENNING_KILLS) || 12;
const SEED = Number(process.env.KENNING_SEED) || 1;
/** Lives at a time. */
const LANES = 2;
const LIMIT_MS = 60_000 + MOMENTS * 10_000;

/** Where little time is spent and much could go wrong: what stands beside the database. */
const NARROW = /\/(base-|writing|identity|folder)/;

type Moment = { readonly operation: number; readonly how: 'kill' | 'torn' } | { readonly share: number };

interface Life {
  readonly signal: NodeJS.Signals | null;
  readonly operations: readonly string[];
  readonly lifeMs: number;
}

test.runIf(CAN_PRELOAD)(
  `killed at ${MOMENTS} moments, the index ends as one made in peace`,
  async () => {
    const random = createRandom(SEED);
    const library = compileFaults(temporaryFolder());
    const installDir = installWithRefiner();
    const newPlace = (): Place => {
      const dir = temporaryFolder();
      return { folder: join(dir, 'folder'), storageDir: join(dir, 'storage'), installDir };
    };

    const peaceful = newPlace();
    const whole = await live(library, peaceful, null);
    expect(whole.signal).toBe(null);
    const expected = await end(peaceful);
    expect(expected).toMatchObject({ sound: true, graph: true, complete: true, notices: [], leftovers: [] });
    const narrow = whole.operations.flatMap((line, i) => (NARROW.test(line) ? [i + 1] : []));
    expect(narrow.length).toBeGreaterThan(20);
    const left: number[] = [];

    const moments = Array.from({ length: MOMENTS }, (_, i): Moment => {
      if (i % 6 === 5) return { share: random(1000) / 1000 };
      const how = random(3) === 0 ? 'torn' : 'kill';
      // Each narrow place once before any is taken again.
      if (i % 2 === 0 && left.length === 0) left.push(...narrow);
      const operation = i % 2 === 0 ? left.splice(random(left.length), 1)[0]! : 1 + random(whole.operations.length);
      return { how, operation };
    });
    const wrong: unknown[] = [];
    let killed = 0;
    const next = moments.values();
    const lane = async (): Promise<void> => {
      for (const moment of next) {
        const place = newPlace();
        const { signal, operations } = await live(library, place, moment, whole.lifeMs);
        if (signal === 'SIGKILL') killed++;
        const difference = differing(await end(place), expected);
        if (difference.length > 0) wrong.push({ moment, last: operations.at(-1), difference });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(wrong).toEqual([]);
    // The rest of the times fell behind the end.
    expect(killed).toBeGreaterThan(0.7 * MOMENTS);
  },
  LIMIT_MS,
);

async function live(library: string, place: Place, moment: Moment | null, wholeMs = 0): Promise<Life> {
  const log = `${place.folder}.log`;
  const atOperation = moment && 'operation' in moment ? moment : { operation: 0, how: 'kill' };
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'life-child.ts'), place.folder, place.storageDir, place.installDir],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...faultEnvironment(library, place.storageDir, log),
        KENNING_FAULT_AT: String(atOperation.operation),
        KENNING_FAULT_HOW: atOperation.how,
      },
    },
  );
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  if (moment && 'share' in moment) {
    await Promise.race([sleep(moment.share * wholeMs), ended]);
    child.kill('SIGKILL');
  }
  const [, signal] = await ended;
  return { signal, operations: existsSync(log) ? operationsIn(log) : [], lifeMs: performance.now() - startedAt };
}

/** The names of what differs, with both values where they are short. */
function differing(actual: Ending, expected: Ending): unknown[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const own = actual[name as keyof Ending];
    if (JSON.stringify(own) === JSON.stringify(value)) return [];
    return name === 'answers' ? [firstDifference(own as unknown[], value as unknown[])] : [{ [name]: own }];
  });
}

function firstDifference(actual: readonly unknown[], expected: readonly unknown[]): unknown {
  const at = expected.findIndex((value, i) => JSON.stringify(actual[i]) !== JSON.stringify(value));
  const [own, other] = [actual[at], expected[at]] as [unknown[], unknown[]];
  const row = other.findIndex((value, i) => JSON.stringify(own[i]) !== JSON.stringify(value));
  return { question: at, row, actual: own[row], expected: other[row] };
}
