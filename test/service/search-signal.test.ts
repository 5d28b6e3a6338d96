/** An engine at work on an answer hears that nobody waits for it any more. */
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import {
  CancellationTokenSource,
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { KenningError } from '../../src/core/errors.ts';
import * as protocol from '../../src/service/protocol.ts';
import { serve } from '../../src/service/serve.ts';
import { fromWire } from '../../src/service/wire-errors.ts';
import { openFakeEngine } from './fake-engine.ts';
import { createBench } from './harness.ts';

test('a search that is cancelled while it is answered ends', async () => {
  const options = createBench().folder('a', 'one\n');
  const [there, back] = [new PassThrough(), new PassThrough()];
  const server = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  const client = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const begun = Promise.withResolvers<void>();
  const close = serve(server, async (options) => ({
    ...(await openFakeEngine(options)),
    search: (_, signal) =>
      new Promise((_resolve, reject) => {
        signal!.addEventListener('abort', () => reject(new KenningError('cancelled', 'overtaken')));
        begun.resolve();
      }),
  }));
  server.listen();
  client.listen();
  onTestFinished(async () => {
    await close();
    client.dispose();
    server.dispose();
  });
  await client.sendRequest(protocol.openFolder, options);
  const source = new CancellationTokenSource();
  const answer = client.sendRequest(protocol.search, { folder: options.folder, query: 'one', limit: 1 }, source.token);
  await begun.promise;
  source.cancel();
  const error = await answer.catch((reason: unknown) => fromWire(reason));
  expect(error).toMatchObject({ code: 'cancelled', message: 'overtaken' });
});
