/**
 * One engine lives with a folder that is worked in without rest, and is asked all the while. In the end it answers as an
 * index made of the same folder at that moment; on the way its memory is looked at, always in the same state.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { createRandom } from '../engine/repair/random.ts';
import { Churn } from './churn.ts';

export interface SoakOptions {
  /** Empty; left empty. */
  readonly dir: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly seed: number;
  /** Absent: that of this checkout, and the default. */
  readonly engine?: Partial<Pick<EngineOptions, 'installDir' | 'quality'>>;
  /** Whether to go on after so many rounds. */
  readonly goesOn: (rounds: number) => boolean;
  readonly onRound?: (sample: Sample) => void;
}

/** Of the process, back on the first branch, after a forced collection of garbage where there is one. */
export interface Sample {
  readonly round: number;
  readonly seconds: number;
  readonly functions: number;
  readonly rssMb: number;
  readonly heapMb: number;
  readonly buffersMb: number;
  readonly diskMb: number;
}

export interface SoakReport {
  readonly samples: readonly Sample[];
  readonly steps: number;
  readonly questions: number;
  /** Answers that differ from those of a new index; each as the question. */
  readonly different: readonly string[];
  readonly functions: number;
  readonly sound: boolean;
}

const STEPS_PER_ROUND = 40;
const QUESTIONS = [
  'keep the best rows of many scores',
  'read a file without following links',
  'harbour ledger',
  'write one transaction',
  'sum of prices in a cart',
  'sextnat violin',
  'parse_date',
  'class that holds an open database',
  'glacier',
  'retry with backoff',
];

export async function soak(asked: SoakOptions): Promise<SoakReport> {
  const { dir, sources, seed, goesOn, onRound } = asked;
  const random = createRandom(seed);
  const [folder, storageDir] = [join(dir, 'folder'), join(dir, 'storage')];
  const churn = new Churn(folder, join(dir, 'trees'), sources, random);
  const options: EngineOptions = { folder, storageDir, installDir: INSTALL_DIR, vectorIndex: 'graph', ...asked.engine };
  const startedAt = performance.now();
  const samples: Sample[] = [];
  let questions = 0;
  const engine = await openEngine(options);
  await engine.update();
  for (let round = 1; goesOn(round - 1); round++) {
    churn.switchTo('main');
    await engine.update();
    await engine.refine();
    for (const query of QUESTIONS) await engine.search({ query, limit: 20 });
    samples.push(await sampleOf(engine, round, (performance.now() - startedAt) / 1000));
    onRound?.(samples.at(-1)!);
    // Overtaken by each of the updates.
    const refining = engine.refine();
    for (let step = 0; step < STEPS_PER_ROUND; step++) {
      await work(engine, churn, random);
      questions++;
    }
    await refining;
  }
  await engine.update();
  await engine.refine();
  await engine.close();
  const [own, fresh] = [await stateOf(options), await stateOf({ ...options, storageDir: join(dir, 'fresh') })];
  const different = QUESTIONS.filter((query) => own.answers.get(query) !== fresh.answers.get(query));
  if (own.functions !== fresh.functions) different.push(`${own.functions} functions instead of ${fresh.functions}`);
  rmSync(dir, { recursive: true, force: true });
  const { functions, sound } = own;
  return { samples, steps: samples.length * STEPS_PER_ROUND, questions, different, functions, sound };
}

/** One change, told as an editor tells it, and a question meanwhile. */
async function work(engine: Engine, churn: Churn, random: (limit: number) => number): Promise<void> {
  const paths = churn.step();
  const files = churn.files();
  const unsaved = files[random(files.length)]!;
  if (random(4) === 0) await engine.setUnsaved(unsaved, churn.edited(unsaved));
  const isTold = paths !== null && random(3) > 0;
  const updating = engine.update(isTold ? { paths } : { rebuild: random(60) === 0 });
  await engine.search({ query: QUESTIONS[random(QUESTIONS.length)]!, limit: 10 });
  if (random(10) === 0) await engine.similar({ code: churn.edited(unsaved), limit: 5 });
  await engine.setUnsaved(unsaved, null);
  await updating;
}

async function stateOf(options: EngineOptions): Promise<{
  readonly answers: ReadonlyMap<string, string>;
  readonly functions: number;
  readonly sound: boolean;
}> {
  const indexing = await openEngine({ ...options, vectorIndex: 'exact' });
  await indexing.update();
  await indexing.close();
  // It knows of no function what an update has kept of it.
  const engine = await openEngine({ ...options, vectorIndex: 'exact' });
  await engine.refine();
  const answers = new Map<string, string>();
  for (const query of QUESTIONS) {
    answers.set(query, JSON.stringify((await engine.search({ query, limit: 20 })).results));
  }
  const { sound } = await engine.verify();
  const { functions } = engine.status();
  await engine.close();
  return { answers, functions, sound };
}

const MB = 2 ** 20;

async function sampleOf(engine: Engine, round: number, seconds: number): Promise<Sample> {
  // Native memory is let go of by finalisers, which run after the collection.
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const { functions, bytes } = engine.status();
  const [rssMb, heapMb, buffersMb, diskMb] = [rss, heapUsed, arrayBuffers, bytes].map((each) => round1(each / MB)) as [
    number,
    number,
    number,
    number,
  ];
  return { round, seconds: Math.round(seconds), functions, rssMb, heapMb, buffersMb, diskMb };
}

const round1 = (value: number): number => Math.round(value * 10) / 10;

/** Least squares over the samples, in MB an hour. */
export function growthMbPerHour(samples: readonly Sample[], of: 'rssMb' | 'heapMb' | 'buffersMb' | 'diskMb'): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [samples.map(({ seconds }) => seconds / 3600), samples.map((sample) => sample[of])];
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = mean(x.map((value, i) => (value - meanX) * (y[i]! - meanY)));
  return covariance / mean(x.map((value) => (value - meanX) ** 2));
}
