/**
 * Every operation of an index's life that writes fails, one life for each: the disk is full, the device broken, access
 * denied. It is said in one sentence, and what is opened next ends as an index made in peace. One of each kind here;
 * KENNING_FAULTS=each npx vitest run test/engine/faults/failing-writes.test.ts for every operation with one of these, =all
 * with all of them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createRandom } from '../repair/random.ts';
import { temporaryFolder } from '../temporary.ts';
import { installWithRefiner } from '../tiny-refiner.ts';
import type { Fault, Told } from './failing-child.ts';
import { CAN_PRELOAD, compileFaults, faultEnvironment } from './preload.ts';

const SCOPE = process.env.KENNING_FAULTS ?? 'kinds';
const LANES = 2;
/** EIO, EACCES, and a full disk: for one moment, and for good. */
const HOW = ['28', 'from-28', '5', '13'];

test.runIf(CAN_PRELOAD)(
  'whatever write fails, it is one sentence, and the next opening ends as an index made in peace',
  async () => {
    const library = compileFaults(temporaryFolder());
    const installDir = installWithRefiner();
    const [peaceful] = await lives(library, installDir, [{ operation: 0, how: '0' }]);
    expect(peaceful).toMatchObject({ errors: {}, ending: { sound: true, graph: true, complete: true, leftovers: [] } });
    const faults = faultsAt(peaceful!.operations);
    const half = Math.ceil(faults.length / LANES);
    const told = await Promise.all(
      [faults.slice(0, half), faults.slice(half)].map((some) => lives(library, installDir, some)),
    );
    const wrong = told.flat().flatMap((life) => {
      const faults = faultsOf(life, peaceful!);
      return faults.length > 0 ? [{ ...life.fault, at: life.operations[life.fault.operation - 1], faults }] : [];
    });
    expect(wrong).toEqual([]);
    expect(told.flat().filter(({ errors }) => Object.keys(errors).length > 0).length).toBeGreaterThan(
      faults.length / 4,
    );
  },
  SCOPE === 'kinds' ? 120_000 : 7_200_000,
);

function faultsAt(operations: readonly string[]): Fault[] {
  if (SCOPE === 'kinds') return oneOfEachKind(operations);
  const ways = SCOPE === 'all' ? HOW.length : 1;
  return operations.flatMap((_, i) =>
    Array.from({ length: ways }, (__, way) => ({ operation: i + 1, how: HOW[(i + way) % HOW.length]! })),
  );
}

/** A file's numbers and checksum, and where it lies, are no kind. */
const kindOf = (operation: string): string =>
  operation
    .replace(/^\d+ (\w+) .*\//, '$1 ')
    .replace(/(base)-\d+-[0-9a-f]+/, '$1')
    .replace(/-[0-9a-f]{16}/, '');

function oneOfEachKind(operations: readonly string[]): Fault[] {
  const random = createRandom(3);
  const kinds = new Map<string, number[]>();
  for (const [i, operation] of operations.entries()) {
    kinds.set(kindOf(operation), [...(kinds.get(kindOf(operation)) ?? []), i + 1]);
  }
  return [...kinds.values()].map((places, i) => ({
    operation: places[random(places.length)]!,
    how: HOW[i % HOW.length]!,
  }));
}

/** A sentence for people: begins with a capital, ends with a full stop, shows no stack. */
const SENTENCE = /^[A-Z][^\n]*\.$/;

function faultsOf({ errors, ending }: Told, peaceful: Told): unknown[] {
  const badlyTold = Object.entries(errors).filter(
    ([, error]) => 'bug' in error || error.code !== 'index-write-failed' || !SENTENCE.test(error.message),
  );
  const wrong = 'bug' in ending ? ending : differing(ending, peaceful.ending as object);
  return [...badlyTold, ...(Object.keys(wrong).length > 0 ? [wrong] : [])];
}

const differing = (actual: object, expected: object): object =>
  Object.fromEntries(
    Object.entries(actual).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(Reflect.get(expected, name)),
    ),
  );

async function lives(library: string, installDir: string, faults: readonly Fault[]): Promise<Told[]> {
  const dir = temporaryFolder();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'failing-child.ts'), JSON.stringify(faults), dir, installDir],
    { stdio: ['ignore', 'pipe', 'inherit'], env: faultEnvironment(library, join(dir, 'storage'), join(dir, 'log')) },
  );
  const ended = once(child, 'exit');
  const told: Told[] = [];
  for await (const line of createInterface(child.stdout)) told.push(JSON.parse(line) as Told);
  expect(await ended).toEqual([0, null]);
  expect(told).toHaveLength(faults.length);
  return told;
}
