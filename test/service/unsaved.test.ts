/** What editors hold reaches the engine of its folder, whichever process that lives in; and what an update is to begin with. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { CRASH } from './fake-engine.ts';
import { type Bench, createBench, FAKE_WORKER } from './harness.ts';

const names = async ({ client }: Bench, query: string): Promise<string[]> =>
  (await client.search({ query, limit: 10 }))?.hits.map(({ name }) => name) ?? [];

test('an unsaved text is searched until it is taken back', async () => {
  const bench = createBench();
  const options = bench.folder('a', 'parse a date\n');
  bench.client.openFolder(options);
  bench.client.setUnsaved(options.folder, 'one.txt', 'moor a ship\n');
  expect(await names(bench, 'ship date')).toEqual(['moor a ship']);
  bench.client.setUnsaved(options.folder, 'one.txt', null);
  expect(await names(bench, 'ship date')).toEqual(['parse a date']);
});

test('a process that takes over after a crash is told again, and a folder that is opened anew', async () => {
  const bench = createBench();
  const options = bench.folder('a', 'parse a date\n');
  bench.client.openFolder(options);
  await bench.until(() => bench.client.service === 'ready', 'ready');
  bench.client.setUnsaved(options.folder, 'one.txt', 'moor a ship\n');
  await bench.client.search({ query: CRASH, limit: 1 });
  expect(await names(bench, 'ship date')).toEqual(['moor a ship']);
  bench.client.openFolder({ ...options, quality: 'fast' });
  expect(await names(bench, 'ship date')).toEqual(['moor a ship']);
});

test('a folder that is not open is passed over', async () => {
  const bench = createBench();
  bench.client.openFolder(bench.folder('a', 'parse a date\n'));
  bench.client.setUnsaved('/elsewhere', 'one.txt', 'moor a ship\n');
  expect(await names(bench, 'ship date')).toEqual(['parse a date']);
});

test('each update is told what to begin with as it begins, folder by folder', async () => {
  let first: readonly string[] = [];
  const { client, folder, until } = createBench(FAKE_WORKER, () => first);
  const [a, b] = [folder('a', 'date\n'), folder('b', 'date\n')];
  // The fake engine tells it as a notice.
  const told = (): unknown => client.folders.map(({ status }) => status?.notices);
  const updated = (...expected: string[][]): Promise<void> =>
    until(() => JSON.stringify(told()) === JSON.stringify(expected), `told ${JSON.stringify(expected)}`);
  first = [join(a.folder, 'x.txt'), join(b.folder, 'sub/y.txt'), '/elsewhere/z.txt'];
  for (const options of [a, b]) {
    client.openFolder(options);
    client.update(options.folder, WHOLE_FOLDER);
  }
  await updated(['x.txt'], ['sub/y.txt']);
  first = [join(a.folder, 'later.txt')];
  client.update(a.folder, WHOLE_FOLDER);
  await updated(['later.txt'], ['sub/y.txt']);
});
