/** What of a search request reaches the engine: all of it, and that nobody waits for the answer any more. */
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { KenningError } from '../../src/core/errors.ts';
import type { SearchAnswer, SearchRequest } from '../../src/engine/api/search.ts';
import type { Engine } from '../../src/engine/api.ts';
import * as protocol from '../../src/service/protocol.ts';
import { serve } from '../../src/service/serve.ts';
import { fromWire } from '../../src/service/wire-errors.ts';
import { FAKE_PARTS } from './fake-engine.ts';
import { createBench } from './harness.ts';

/** `search`: of the engine behind the service. */
async function connected(search: Engine['search']) {
  const options = createBench().folder('a', 'one\n');
  const [there, back] = [new PassThrough(), new PassThrough()];
  const server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const close = serve(server, {
    ...FAKE_PARTS,
    openEngine: async (...asked) => ({ ...(await FAKE_PARTS.openEngine(...asked)), search }),
  });
  server.listen();
  client.listen();
  onTestFinished(async () => {
    await close();
    client.dispose();
    server.dispose();
  });
  await client.sendRequest(protocol.openFolder, options);
  return { client, folder: options.folder };
}

test('a search that is cancelled while it is answered ends', async () => {
  const begun = Promise.withResolvers<void>();
  const { client, folder } = await connected(
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal!.addEventListener('abort', () => reject(new KenningError('cancelled', 'overtaken')));
        begun.resolve();
      }),
  );
  const source = new CancellationTokenSource();
  const answer = client.sendRequest(protocol.search, { folder, query: 'one', limit: 1 }, source.token);
  await begun.promise;
  source.cancel();
  const error = await answer.catch((reason: unknown) => fromWire(reason));
  expect(error).toMatchObject({ code: 'cancelled', message: 'overtaken' });
});

test('the engine is asked what the client asks, and its whole answer comes back', async () => {
  const asked: SearchRequest[] = [];
  const answer: SearchAnswer = {
    query: 'one',
    results: [],
    index: { functions: 1, complete: true, generation: 1 },
    mayImprove: true,
    timings: { embedMs: 0, searchMs: 0, totalMs: 0 },
  };
  const { client, folder } = await connected(async (request) => {
    asked.push(request);
    return answer;
  });
  const request: SearchRequest = { query: 'one', limit: 1, second: 'never' };
  expect(await client.sendRequest(protocol.search, { folder, ...request })).toEqual(answer);
  expect(asked).toEqual([request]);
});
