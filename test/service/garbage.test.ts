/** The background process is sent what no client sends. It answers, or says nothing, and does its work afterwards. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { greet, openFolder, search } from '../../src/service/protocol.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { INSTALL_DIR } from '../engine/install.ts';
import { createRandom } from '../engine/repair/random.ts';
import { temporaryFolder, writeFiles } from '../engine/temporary.ts';
import { createBench } from './harness.ts';

const WORKER = resolve(import.meta.dirname, '../../src/service/worker.ts');

const METHODS = [
  'greet',
  'openFolder',
  'closeFolder',
  'update',
  'refine',
  'status',
  'search',
  'similar',
  'outline',
  'why',
  'verify',
  'collect',
  'deleteIndex',
  'pause',
  'unsaved',
  'nothing of the kind',
].map((name) => `kenning/${name}`);
const DEEP = JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) as unknown;
const VALUES: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  '',
  'x'.repeat(100_000),
  '\ud800',
  true,
  [],
  [null],
  DEEP,
  { folder: null },
  { folder: 'nowhere' },
  { folder: 5, query: {}, limit: -1 },
  { folder: '/nowhere', storageDir: 7 },
  { folder: [], path: 3, text: {} },
  { id: 1 },
];
const WHOLE: readonly unknown[] = [
  'no message',
  7,
  [],
  [[]],
  {},
  { jsonrpc: '1.0' },
  { jsonrpc: '2.0' },
  { jsonrpc: '2.0', id: {} },
  { jsonrpc: '2.0', id: 1, result: 1 },
  { jsonrpc: '2.0', id: null, error: null },
  { jsonrpc: '2.0', method: 5 },
  { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 77 } },
  { jsonrpc: '2.0', method: '$/cancelRequest' },
  { jsonrpc: '2.0', method: '$/progress', params: 1 },
];

function start(): { child: ChildProcess; connection: MessageConnection } {
  const child = fork(WORKER, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  onTestFinished(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  return { child, connection };
}

test('whatever is no message, or has no sense, the process lives and answers', async () => {
  const { child, connection } = start();
  const [folder, storageDir] = [temporaryFolder(), temporaryFolder()];
  writeFiles(folder, { 'port.py': 'def moor(ship):\n    ship.tie()\n' });
  await connection.sendRequest(openFolder, { folder, storageDir, installDir: INSTALL_DIR });
  const random = createRandom(11);
  for (const message of WHOLE) child.send(message as object);
  for (const [i, method] of METHODS.entries()) {
    for (const [j, params] of VALUES.entries()) {
      // Ids that our own requests do not use.
      const id = random(2) === 0 ? { id: 100_000 + 100 * i + j } : {};
      child.send({ jsonrpc: '2.0', ...id, method, params });
    }
    child.send({ jsonrpc: '2.0', method });
  }
  expect(await connection.sendRequest(greet)).toMatchObject({ pid: child.pid });
  const answer = await connection.sendRequest(search, { folder, query: 'ties a ship', limit: 5 });
  expect(answer.index).toMatchObject({ complete: false });
  expect(child.exitCode).toBe(null);
});

test('a process that answers nonsense is replaced, or its answers are errors', async () => {
  const { client, folder, until } = createBench(join(import.meta.dirname, 'babbling-worker.ts'));
  const options = folder('a', 'date\n');
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => client.folders[0]!.status?.complete === true, 'complete');
  expect((await client.search({ query: 'date', limit: 5 }))?.hits).toHaveLength(1);
});
