/** Refining lets searches go first, those included that reached the process while it was held up. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { Turns } from '../../src/engine/turns.ts';

const HELD_UP_MS = 20;

test('a search whose message came during a run of the model is answered before the next run', async () => {
  const turns = new Turns();
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const order: string[] = [];
  const search = async (): Promise<void> => {
    await setImmediate();
    order.push('search');
  };
  // As the connection does, which reads a message in one turn of the event loop and hands it on in the next.
  port2.on('message', () => void setImmediate().then(() => turns.search(search())));
  await setImmediate();
  port1.postMessage('question');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD_UP_MS);
  await turns.afterSearches();
  order.push('run');
  expect(order).toEqual(['search', 'run']);
});

test('who waits for searches waits no longer than is wanted', async () => {
  const turns = new Turns();
  void turns.search(new Promise(() => {}));
  const stopping = new AbortController();
  const waiting = turns.afterSearches(stopping.signal).then(() => 'over');
  expect(await Promise.race([waiting, sleep(HELD_UP_MS, 'waits')])).toBe('waits');
  stopping.abort();
  expect(await Promise.race([waiting, sleep(2000, 'waits')])).toBe('over');
});
