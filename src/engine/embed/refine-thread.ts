/**
 * Entry of a thread that does nothing but run the refiner. It may not be ended from outside: the process would abort with
 * a run that is under way. Told to end, it does so after that run. Bundled on its own; `threaded-refiner.ts` starts it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { InferenceSession } from 'onnxruntime-common';
import type { RuntimeName } from '../api/options.ts';
import { LOOK_AGAIN_MS, stillForMs } from '../standing-still.ts';
import { readVerified } from './model-card.ts';
import type { RefinerCard } from './refiner-card.ts';
import { type Entry, refineEntries } from './refiner-runs.ts';
import { openRuntime } from './runtime.ts';
import { createSession } from './session.ts';

export interface RefineThreadData {
  /** The model's folder. */
  readonly dir: string;
  readonly runtime: RuntimeName;
  /** In shared memory: until when it is to stand still for searches, as `stillForMs` reads it. */
  readonly stillUntil: BigInt64Array;
  /** In shared memory: other than 0 when it is to end. */
  readonly ending: Int32Array;
}

export type ToRefine = readonly Entry[] | 'end';

/** The first says which model is at work; each of the others answers one message, in order. */
export type Refined = { readonly fingerprint: string } | { readonly vectors: readonly Float32Array[] };

const ENDED = new Error('ended');

const { dir, runtime, stillUntil, ending } = workerData as RefineThreadData;
const port = parentPort!;
const session = await openModel();

let last: Promise<void> = Promise.resolve();
port.on('message', (asked: ToRefine) => {
  last = last.then(() => (asked === 'end' ? end() : refine(asked)));
});

/** The bytes of the file are not held on to. */
async function openModel(): Promise<InferenceSession> {
  const { fingerprint, onnx } = await readVerified<RefinerCard>(dir, () => null);
  const session = await createSession(onnx, await openRuntime(runtime));
  tell({ fingerprint });
  return session;
}

function tell(refined: Refined): void {
  port.postMessage(refined);
}

async function refine(entries: readonly Entry[]): Promise<void> {
  try {
    tell({ vectors: await refineEntries(session, entries, afterSearches) });
  } catch (error) {
    if (error !== ENDED) throw error;
  }
}

/** Nothing else happens in this thread: it may as well stand still. */
async function afterSearches(): Promise<void> {
  for (;;) {
    if (Atomics.load(ending, 0) !== 0) throw ENDED;
    const leftMs = stillForMs(stillUntil);
    if (leftMs === 0) return;
    Atomics.wait(ending, 0, 0, Math.min(leftMs, LOOK_AGAIN_MS));
  }
}

async function end(): Promise<void> {
  await session.release();
  port.close();
}
