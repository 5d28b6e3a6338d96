/** A background process that does its work and sends nonsense all the while. */
import { runWorker } from '../../src/service/run-worker.ts';
import { FAKE_PARTS } from './fake-engine.ts';

const NONSENSE: readonly unknown[] = [
  'no message',
  null,
  [],
  {},
  { jsonrpc: '2.0', id: 99_999, result: {} },
  { jsonrpc: '2.0', id: null, error: null },
  { jsonrpc: '2.0', method: 'kenning/progress' },
  { jsonrpc: '2.0', method: 'kenning/progress', params: null },
  { jsonrpc: '2.0', method: 'kenning/progress', params: { folder: 5, progress: null } },
  { jsonrpc: '2.0', id: 1, method: 'kenning/unheard-of', params: [] },
];

const babble = (): void => {
  for (const message of NONSENSE) process.send?.(message);
};
babble();
setInterval(babble, 20).unref();
runWorker(FAKE_PARTS);
