/**
 * A thread in the refiner's place that gives its own number for a vector, says that it is the model of the folder that it
 * is given, and ends at an entry without a base.
 */
import { parentPort, threadId, workerData } from 'node:worker_threads';
import type { Refined, RefineThreadData, ToRefine } from '../../../src/engine/embed/refine-thread.ts';

const tell = (refined: Refined): void => parentPort!.postMessage(refined);
tell({ fingerprint: (workerData as RefineThreadData).dir });
parentPort!.on('message', (asked: ToRefine) => {
  if (asked === 'end') return parentPort!.close();
  if (asked.some(({ base }) => base.length === 0)) throw new Error('crashed');
  tell({ vectors: asked.map(() => Float32Array.of(threadId)) });
});
