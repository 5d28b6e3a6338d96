/** A thread in the parser's place that answers nothing: it ends at `crash.py`, and loops for ever at any other file. */
import { parentPort } from 'node:worker_threads';

parentPort!.on('message', ({ path }: { path: string }) => {
  if (path === 'crash.py') throw new Error('crashed');
  for (;;);
});
