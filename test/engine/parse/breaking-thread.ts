/** A thread in the parser's place whose parser comes to harm at `break.py`: it says so, and must be asked nothing more. */
import { parentPort, threadId } from 'node:worker_threads';
import type { Parsed, Ready, ToParse } from '../../../src/engine/parse/parse-thread.ts';

parentPort!.postMessage('ready' satisfies Ready);
let isBroken = false;
parentPort!.on('message', ({ path }: ToParse) => {
  const problem = isBroken ? 'asked after the last' : String(threadId);
  isBroken ||= path === 'break.py';
  parentPort!.postMessage({ file: { language: 'python', functions: [], problem }, isLast: isBroken } satisfies Parsed);
});
