import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { EngineOptions } from '../../src/engine/api/options.ts';
import type { ServiceClient } from '../../src/service/client.ts';
import type { FolderState } from '../../src/service/folder-state.ts';
import { REBUILD, WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { BROKEN, CRASH } from './fake-engine.ts';
import { type Bench, createBench } from './harness.ts';

const first = (client: ServiceClient): FolderState => client.folders[0]!;
const isIdle = (client: ServiceClient) => (): boolean => client.folders.every(({ activity }) => activity === 'idle');
const search = async (client: ServiceClient, query: string): Promise<string[] | null> =>
  (await client.search({ query, limit: 10 }))?.hits.map((hit) => hit.name) ?? null;

test('searches a folder in a process of its own', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('a', 'parse a date\nwrite a file\n'));
  expect(await search(client, 'date')).toEqual(['parse a date']);
  expect(client.pid).not.toBe(process.pid);
  expect(client.service).toBe('ready');
});

test('ranks the hits of all folders together, each with its folder', async () => {
  const { client, folder } = createBench();
  const low = folder('low', 'date in low\n', { score: 0.2 });
  const high = folder('high', 'date in high\n', { score: 0.9 });
  client.openFolder(low);
  client.openFolder(high);
  const answer = await client.search({ query: 'date', limit: 10 });
  expect(answer?.hits.map((hit) => [hit.name, hit.folder])).toEqual([
    ['date in high', high.folder],
    ['date in low', low.folder],
  ]);
  expect((await client.search({ query: 'date', limit: 1 }))?.hits).toHaveLength(1);
});

test('asks only the folder that is wanted', async () => {
  const { client, folder } = createBench();
  const [a, b] = [folder('a', 'date in a\n'), folder('b', 'date in b\n')];
  for (const options of [a, b]) client.openFolder(options);
  const answer = await client.search({ query: 'date', limit: 10, within: { folder: b.folder } });
  expect(answer?.hits.map((hit) => hit.name)).toEqual(['date in b']);
});

test('tells each folder which of its own files are near', async () => {
  const { client, folder } = createBench();
  const [a, b, c] = ['a', 'b', 'c'].map((name) => folder(name, 'date\n')) as [
    EngineOptions,
    EngineOptions,
    EngineOptions,
  ];
  for (const options of [a, b, c]) client.openFolder(options);
  const one = ({ folder }: EngineOptions): string => join(folder, 'one.txt');
  const near = { open: [join(a.folder, 'two.txt'), one(a)], recent: [one(b), one(a)] };
  const answer = await client.search({ query: 'date', limit: 10, near });
  expect(new Map(answer?.hits.map((hit) => [hit.folder, hit.why.boosts]))).toEqual(
    new Map<string, Record<string, number>>([
      [a.folder, { open: 1, recent: 0 }],
      [b.folder, { open: -1, recent: 0 }],
      [c.folder, {}],
    ]),
  );
});

test('a folder that fails is a problem beside the hits of the others', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('good', 'date\n'));
  client.openFolder(folder('bad', 'date\n', { failOpen: 'index-unreadable' }));
  const answer = await client.search({ query: 'date', limit: 10 });
  expect(answer?.hits).toHaveLength(1);
  expect(answer?.complete).toBe(false);
  expect(answer?.problems.map(({ error }) => [error.name, error.code, error.message])).toEqual([
    ['KenningError', 'index-unreadable', 'refused: index-unreadable'],
  ]);
  const broken = await client.search({ query: BROKEN, limit: 10 });
  expect(broken?.problems.map(({ error }) => error.code)).toEqual(['index-unreadable', 'index-unreadable']);
});

test('a folder that goes while it is being opened and comes back at once is open', async () => {
  const { client, folder, until } = createBench();
  const [kept, other] = [folder('kept', 'file\n'), folder('other', 'date\n', { openMs: 50 })];
  client.openFolder(kept);
  await until(isIdle(client), 'open');
  client.openFolder(other);
  client.closeFolder(other.folder);
  client.openFolder(other);
  await until(isIdle(client), 'open again');
  // Whatever is still to be closed is closed by now.
  await sleep(200);
  expect(await search(client, 'date')).toEqual(['date']);
});

test('the answer of a search that a newer one has overtaken is dropped', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('a', 'slow date\nfile\n'));
  const answers = await Promise.all([search(client, 'slow'), search(client, 'date'), search(client, 'file')]);
  expect(answers).toEqual([null, null, ['file']]);
});

test('code like given code is looked for in all folders, and only its own folder is told where it stands', async () => {
  const { client, folder } = createBench();
  const [a, b] = [folder('a', 'date\n'), folder('b', 'date\n')];
  for (const options of [a, b]) client.openFolder(options);
  const request = { code: 'date', folder: a.folder, path: 'one.txt', startLine: 1, endLine: 1 };
  const answer = await client.similar(request);
  expect(answer).toMatchObject({ query: '', problems: [], complete: false });
  expect(answer?.hits.map((hit) => hit.folder)).toEqual([b.folder]);
  expect((await client.similar({ code: 'date', limit: 1 }))?.hits).toHaveLength(1);
  const broken = await client.similar({ code: BROKEN });
  expect(broken?.problems.map(({ error }) => error.code)).toEqual(['index-unreadable', 'index-unreadable']);
});

test('a search and a search for similar code overtake each other', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('a', 'slow date\nfile\n'));
  const [overtaken, newest] = await Promise.all([client.similar({ code: 'slow' }), search(client, 'file')]);
  expect([overtaken, newest]).toEqual([null, ['file']]);
  const [before, after] = await Promise.all([search(client, 'slow'), client.similar({ code: 'file' })]);
  expect([before, after?.hits.length]).toEqual([null, 1]);
});

test('a search aside neither overtakes nor is overtaken, and its own token ends it', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('a', 'slow date\nfile\n'));
  const aside = new CancellationTokenSource();
  const asking = client.searchAside({ query: 'slow', limit: 5 }, aside.token);
  const [mine, other] = await Promise.all([
    search(client, 'slow'),
    client.searchAside({ query: 'file', limit: 5 }, aside.token),
  ]);
  expect(mine).toEqual(['slow date']);
  expect(other.hits.map(({ name }) => name)).toEqual(['file']);
  expect((await asking).hits).toHaveLength(1);
  aside.cancel();
  const cancelled = await client.searchAside({ query: 'file', limit: 5 }, aside.token);
  expect(cancelled.problems.map(({ error }) => error.code)).toEqual(['cancelled']);
});

test('the functions of a text that is not saved', async () => {
  const { client, folder } = createBench();
  const options = folder('a', 'date\n');
  client.openFolder(options);
  const [entry] = await client.outline(options.folder, { path: 'new.txt', text: 'one\ntwo' });
  expect(entry).toEqual({ name: 'new.txt', kind: 'lines', startLine: 1, endLine: 2 });
  await expect(client.outline('/nowhere', { path: 'x', text: '' })).rejects.toMatchObject({ code: 'folder-not-found' });
});

test('what the index holds is followed while it is being made, not only at the end', async () => {
  const { client, folder, until } = createBench();
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const options = folder('a', 'parse a date\n', { batches: 1000, batchMs: 5 });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => (first(client).progress?.done ?? 0) > 3, 'under way');
  vi.setSystemTime(Date.now() + 10_000);
  await until(() => (first(client).status?.functions ?? 0) > 0, 'told');
  expect(first(client)).toMatchObject({ activity: 'updating', status: { complete: false } });
  client.cancelUpdates();
  await until(isIdle(client), 'idle');
});

test('an update reports progress, then the index is complete', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { batches: 5, batchMs: 30 });
  const seen: number[] = [];
  client.onDidChange(() => seen.push(first(client).progress?.done ?? -1));
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).status?.complete === true, 'complete');
  expect(Math.max(...seen)).toBeGreaterThan(0);
  expect(first(client)).toMatchObject({ activity: 'idle', progress: null, error: null, report: { functions: 5 } });
  expect((await client.search({ query: 'date', limit: 1 }))?.complete).toBe(true);
});

test('refines after an update, and shows how far', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { batches: 5, toRefine: 4, refineMs: 30 });
  const seen = new Set<number>();
  client.onDidChange(() => {
    const { activity, progress } = first(client);
    if (activity === 'refining' && progress) seen.add(progress.done);
  });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).status?.refined === 5, 'refined');
  expect(Math.max(...seen)).toBeGreaterThan(1);
  expect(first(client)).toMatchObject({ activity: 'idle', progress: null, error: null, report: { functions: 5 } });
});

test('a folder that ends one thing and begins the next is never seen at rest between them', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { batches: 2, toRefine: 2 });
  const seen: FolderState['activity'][] = [];
  client.onDidChange(() => {
    const { activity } = first(client);
    if (activity !== seen.at(-1)) seen.push(activity);
  });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).status?.refined === 2, 'refined');
  expect(seen).toEqual(['closed', 'opening', 'updating', 'refining', 'idle']);
});

describe('a refining that takes for ever', () => {
  const ENDLESS = { batches: 2, toRefine: 2, refineMs: 1e8 };

  /** `quicken` makes the next one end. */
  async function endless(): Promise<Bench & { options: EngineOptions; quicken: () => void }> {
    const bench = createBench();
    const options = bench.folder('a', 'date\n', ENDLESS);
    bench.client.openFolder(options);
    bench.client.update(options.folder, WHOLE_FOLDER);
    await bench.until(() => first(bench.client).activity === 'refining', 'refining');
    const quicken = (): void =>
      writeFileSync(join(options.folder, 'fake.json'), JSON.stringify({ ...ENDLESS, refineMs: 1 }));
    return { ...bench, options, quicken };
  }

  test('is overtaken by an update and goes on after it', async () => {
    const { client, options, until, quicken } = await endless();
    quicken();
    client.update(options.folder, { paths: ['x', 'y', 'z'], rebuild: false });
    await until(() => first(client).report?.files === 3, 'updated');
    await until(() => first(client).status?.refined === 2, 'refined');
  });

  test('does not keep searches waiting, and ends when indexing is cancelled', async () => {
    const { client, until } = await endless();
    expect(await search(client, 'date')).toEqual(['date']);
    client.cancelUpdates();
    await until(isIdle(client), 'idle');
    expect(first(client)).toMatchObject({ error: null, status: { refined: 0, complete: true } });
  });

  test('goes on in a new process after a crash', async () => {
    const { client, until, quicken } = await endless();
    quicken();
    await search(client, CRASH);
    await until(() => first(client).status?.refined === 2, 'refined');
  });

  test('gives way to new options', async () => {
    const { client, options, until, quicken } = await endless();
    quicken();
    client.openFolder({ ...options, quality: 'fast' });
    await until(isIdle(client), 'idle');
    expect(await search(client, 'date')).toEqual(['date']);
  });
});

test('requests that arrive during an update become one more update', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { batchMs: 20 });
  const updates = new Set<number>();
  client.openFolder(options);
  client.onDidChange(() => updates.add(first(client).report?.files ?? -1));
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).activity === 'updating', 'updating');
  for (const path of ['x', 'y', 'x', 'z']) client.update(options.folder, { paths: [path], rebuild: false });
  await until(() => first(client).report?.files === 3, 'updated by the three paths');
  expect([...updates].sort()).toEqual([-1, 1, 3]);
});

test('a pause holds the update, a cancel ends it even then, searches go on', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { batches: 1000, batchMs: 5 });
  client.openFolder(options);
  await until(isIdle(client), 'open');
  client.setPaused(true);
  client.update(options.folder, REBUILD);
  expect(await search(client, 'date')).toEqual(['date']);
  expect(first(client)).toMatchObject({ activity: 'updating', progress: null });
  client.cancelUpdates();
  await until(isIdle(client), 'idle');
  expect(first(client).report).toMatchObject({ cancelled: true });
  expect(first(client).status?.complete).toBe(false);
});

test('resuming lets a paused update finish', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n');
  client.openFolder(options);
  await until(isIdle(client), 'open');
  client.setPaused(true);
  client.update(options.folder, WHOLE_FOLDER);
  expect(await search(client, 'date')).toEqual(['date']);
  expect(first(client)).toMatchObject({ activity: 'updating', progress: null });
  client.setPaused(false);
  await until(() => first(client).status?.complete === true, 'complete');
});

test('a refused update is an error in the state, and the folder still answers', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { failUpdate: 'index-locked' });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).error !== null, 'refused');
  expect(first(client)).toMatchObject({ activity: 'idle', error: { code: 'index-locked' } });
  expect(first(client).status?.complete).toBe(true);
  expect(await search(client, 'date')).toEqual(['date']);
});

test('opening a folder again applies its new options, though an update runs', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { batches: 50, batchMs: 20 });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).activity === 'updating', 'updating');
  writeFileSync(join(options.folder, 'fake.json'), '{}');
  client.openFolder({ ...options, storageDir: `${options.storageDir}-2`, vectorIndex: 'graph' });
  await until(() => first(client).status?.complete === true, 'complete');
  expect(first(client).status?.vectorIndex).toBe('graph');
});

test('of options that change twice while the engine closes, the last ones hold', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { closeMs: 300 });
  client.openFolder(options);
  await until(() => first(client).activity === 'idle', 'open');
  writeFileSync(join(options.folder, 'fake.json'), '{}');
  client.openFolder({ ...options, storageDir: `${options.storageDir}-2`, vectorIndex: 'exact' });
  client.openFolder({ ...options, storageDir: `${options.storageDir}-3`, vectorIndex: 'graph' });
  await client.search({ query: 'date', limit: 1 });
  // As long as the first one takes to close, and more.
  await sleep(600);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => first(client).status?.complete === true, 'complete');
  expect(first(client).status?.vectorIndex).toBe('graph');
});

test.each(['are changed', 'are the same after it was closed'])(
  'a folder whose opening takes long opens anew: its options %s',
  async (how) => {
    const { client, folder } = createBench();
    const options = folder('a', 'date\n', { openMs: 3_600_000 });
    client.openFolder(options);
    await vi.waitFor(() => expect(existsSync(options.storageDir)).toBe(true), { timeout: 30_000 });
    writeFileSync(join(options.folder, 'fake.json'), '{}');
    if (how === 'are changed') client.openFolder({ ...options, storageDir: `${options.storageDir}-2` });
    else {
      client.closeFolder(options.folder);
      client.openFolder(options);
    }
    expect(await search(client, 'date')).toEqual(['date']);
    expect(first(client).activity).toBe('idle');
  },
);

test('a closed folder is searched no more', async () => {
  const { client, folder } = createBench();
  const options = folder('a', 'date\n');
  client.openFolder(options);
  expect(await search(client, 'date')).toEqual(['date']);
  client.closeFolder(options.folder);
  expect(await search(client, 'date')).toEqual([]);
  expect(client.folders).toEqual([]);
});

test('says why a file is indexed', async () => {
  const { client, folder } = createBench();
  const options = folder('a', 'date\n');
  client.openFolder(options);
  expect(await client.why(options.folder, 'one.txt')).toMatchObject({ path: 'one.txt', indexed: true });
  expect(await client.indexedFolders(options.folder)).toEqual(['', 'src/']);
  await expect(client.why('/nowhere', 'x')).rejects.toMatchObject({ code: 'folder-not-found' });
});

test('a search that kills the process is answered as a crash, the next one by a new process', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('a', 'date\n'));
  const answer = await client.search({ query: CRASH, limit: 10 });
  expect(answer?.problems[0]?.error.code).toBe('engine-crashed');
  expect(await search(client, 'date')).toEqual(['date']);
});

describe('deleting an index', () => {
  test('leaves the folder open and empty, forgets the running update, and an update fills it again', async () => {
    const { client, folder, until } = createBench();
    const options = folder('a', 'date\n', { batches: 20, batchMs: 20 });
    client.openFolder(options);
    client.update(options.folder, WHOLE_FOLDER);
    await until(() => (first(client).progress?.done ?? 0) > 2, 'under way');
    const deleted = client.deleteIndex(options.folder);
    client.update(options.folder, { paths: ['one.txt'], rebuild: false });
    await deleted;
    expect(first(client)).toMatchObject({ activity: 'idle', error: null, report: null, status: { functions: 0 } });
    client.update(options.folder, WHOLE_FOLDER);
    await until(() => first(client).status?.complete === true, 'complete');
  });

  test('that is refused says so and leaves the folder as it was', async () => {
    const { client, folder, until } = createBench();
    const options = folder('a', 'date\n', { failDelete: 'index-locked' });
    client.openFolder(options);
    client.update(options.folder, WHOLE_FOLDER);
    await until(() => first(client).status?.complete === true, 'complete');
    await expect(client.deleteIndex(options.folder)).rejects.toMatchObject({ code: 'index-locked' });
    expect(first(client)).toMatchObject({ activity: 'idle', error: null, status: { complete: true } });
    expect(await search(client, 'date')).toEqual(['date']);
    await expect(client.deleteIndex('/nowhere')).rejects.toMatchObject({ code: 'folder-not-found' });
  });
});

test('updates are cancelled in one folder alone', async () => {
  const { client, folder, until } = createBench();
  const [a, b] = ['a', 'b'].map((name) => folder(name, 'date\n', { batches: 20, batchMs: 20 })) as [
    EngineOptions,
    EngineOptions,
  ];
  for (const options of [a, b]) {
    client.openFolder(options);
    client.update(options.folder, WHOLE_FOLDER);
  }
  await until(() => client.folders.every(({ progress }) => (progress?.done ?? 0) > 0), 'under way');
  client.cancelUpdates(a.folder);
  await until(() => first(client).activity === 'idle', 'cancelled');
  expect(client.folders.map(({ report }) => report?.cancelled)).toEqual([true, undefined]);
  await until(isIdle(client), 'idle');
  expect(client.folders.map(({ status }) => status?.complete)).toEqual([false, true]);
});
