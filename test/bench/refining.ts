/**
 * The second student over a whole folder: as a user's window meets it, after indexing in the same process, with questions
 * asked meanwhile as people ask; and as the next window does, in which all files have to be read for it again.
 */
import { rm } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { Engine } from '../../src/engine/api.ts';
import { openEngine } from '../../src/engine/open.ts';

/** Of a user who asks a lot: so many questions while typing one, so long apart, and so long a look at what was found. */
const TYPED = 8;
const TYPING_MS = 200;
const READING_MS = 10_000;
const BURSTS_AFTERWARDS = 10;
const READING_AFTERWARDS_MS = 1000;
/** Of all questions, before what is compared with a later time: code is as warm then as later. */
const ROUNDS_BEFORE = 8;

export interface Refined {
  readonly refined: number;
  readonly seconds: number;
}

export interface RefinedMeanwhile extends Refined {
  /** In which questions were typed. */
  readonly typingSeconds: number;
  /** From when each question was due to its answer, while it refines and afterwards. */
  readonly meanwhileMs: readonly number[];
  readonly afterwardsMs: readonly number[];
}

/** `storageDir` is emptied. */
export async function refineAfterIndexing(
  options: EngineOptions,
  questions: readonly string[],
): Promise<RefinedMeanwhile> {
  await rm(options.storageDir, { recursive: true, force: true });
  const engine = await openEngine({ ...options, quality: 'balanced', vectorIndex: 'exact' });
  await engine.update();
  for (let round = 0; round < ROUNDS_BEFORE; round++)
    for (const query of questions) await engine.search({ query, limit: 10 });
  let done = false;
  const refining = engine.refine().finally(() => {
    done = true;
  });
  const meanwhileMs: number[] = [];
  let typingSeconds = 0;
  while (!done) {
    const since = performance.now();
    await askTyping(engine, questions, meanwhileMs);
    typingSeconds += (performance.now() - since) / 1000;
    await Promise.race([refining, setTimeout(READING_MS)]);
  }
  const { refined, seconds } = await refining;
  const afterwardsMs: number[] = [];
  for (let burst = 0; burst < BURSTS_AFTERWARDS; burst++) {
    await askTyping(engine, questions, afterwardsMs);
    await setTimeout(READING_AFTERWARDS_MS);
  }
  await engine.close();
  return { refined, seconds, typingSeconds, meanwhileMs, afterwardsMs };
}

/** Of an index that another process has made; nobody asks. */
export async function refineAnew(options: EngineOptions): Promise<Refined> {
  const engine = await openEngine({ ...options, quality: 'balanced', vectorIndex: 'exact' });
  const { refined, seconds } = await engine.refine();
  await engine.close();
  return { refined, seconds };
}

/** Those that meet work under way, or would. */
export function firstOnes(times: readonly number[]): number[] {
  return times.filter((_, i) => i % TYPED === 0);
}

async function askTyping(engine: Engine, questions: readonly string[], times: number[]): Promise<void> {
  for (let i = 0; i < TYPED; i++) {
    // From when it is due: what holds up the process holds up the timer as well.
    const due = performance.now() + TYPING_MS;
    await setTimeout(TYPING_MS);
    await engine.search({ query: questions[times.length % questions.length]!, limit: 10 });
    times.push(performance.now() - due);
  }
}
