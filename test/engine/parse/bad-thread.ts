/** A thread in the parser's place: it ends at `crash.py`, loops for ever at `hang.py`, and finds nothing in other files. */
import { parentPort, threadId } from 'node:worker_threads';
import type { Parsed, Ready, ToParse } from '../../../src/engine/parse/parse-thread.ts';

parentPort!.postMessage('ready' satisfies Ready);
parentPort!.on('message', ({ path }: ToParse) => {
  if (path === 'crash.py') throw new Error('crashed');
  while (path === 'hang.py');
  const file = { language: 'python', functions: [], problem: String(threadId) };
  parentPort!.postMessage({ file, isLast: false } satisfies Parsed);
});
