import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Supervisor } from '../../src/service/supervisor.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { createBench, FAKE_WORKER } from './harness.ts';

const isAlive = (pid: number): boolean => {
  try {
    // A zombie still takes signals; its state tells.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

test('a killed process is replaced: folders, pause and the unfinished update come back', async () => {
  const { client, folder, until } = createBench();
  const a = folder('a', 'date in a\n', { batches: 1000, batchMs: 5 });
  const b = folder('b', 'date in b\n');
  client.openFolder(a);
  client.openFolder(b);
  client.update(b.folder, WHOLE_FOLDER);
  await until(() => client.folders[1]!.status?.complete === true, 'complete');
  client.update(a.folder, WHOLE_FOLDER);
  await until(() => (client.folders[0]!.progress?.done ?? 0) > 3, 'half way');
  client.setPaused(true);
  const killed = client.pid!;
  process.kill(killed, 'SIGKILL');
  await until(() => client.service === 'restarting', 'restarting');
  writeFileSync(join(a.folder, 'fake.json'), '{}');
  await until(() => client.folders[0]!.activity === 'updating', 'taken up');
  expect(client.pid).not.toBe(killed);
  // Paused still: a search is answered, yet nothing has begun.
  await client.search({ query: 'date', limit: 5 });
  expect(client.folders[0]!.progress).toBe(null);
  expect(client.folders[0]!.status?.functions).toBeGreaterThan(3);
  client.setPaused(false);
  await until(() => client.folders[0]!.status?.complete === true, 'complete after the crash');
  expect((await client.search({ query: 'date', limit: 5 }))?.hits).toHaveLength(2);
});

test('a process that keeps dying is given up with one clear sentence; a restart by the user brings it back', async () => {
  const dying = join(import.meta.dirname, 'dying-worker.ts');
  const bench = createBench(dying);
  const { client, folder, until, log } = bench;
  const options = folder('a', 'date\n');
  process.env.KENNING_TEST_DIE = '1';
  try {
    client.openFolder(options);
    await until(() => client.service === 'failed', 'given up');
  } finally {
    delete process.env.KENNING_TEST_DIE;
  }
  expect(log.filter((line) => line.startsWith('Started'))).toHaveLength(5);
  expect(log).toContain('dying as asked');
  const answer = await client.search({ query: 'date', limit: 1 });
  expect(answer?.problems.map(({ error }) => error.message)).toEqual([
    'The search engine ended unexpectedly more than 4 times in 3 minutes (last: exit code 3).',
  ]);
  await client.restart();
  expect((await client.search({ query: 'date', limit: 1 }))?.hits).toHaveLength(1);
});

test('a process that never answers is ended, and replaced like one that has crashed', async () => {
  const log: string[] = [];
  const workerPath = join(import.meta.dirname, 'mute-worker.ts');
  const supervisor = new Supervisor({ workerPath, log: (line) => log.push(line), answerLimitMs: 3000 });
  onTestFinished(() => supervisor.stop());
  const states: string[] = [];
  const ready = Promise.withResolvers<void>();
  supervisor.onDidChangeState((state) => {
    states.push(state);
    if (state === 'restarting') delete process.env.KENNING_TEST_MUTE;
    if (state === 'ready') ready.resolve();
  });
  process.env.KENNING_TEST_MUTE = '1';
  onTestFinished(() => {
    delete process.env.KENNING_TEST_MUTE;
  });
  supervisor.start();
  const mute = supervisor.pid!;
  await ready.promise;
  expect(states).toEqual(['starting', 'restarting', 'ready']);
  expect(log).toContain(`The background process ${mute} has not answered for 3 s.`);
  expect(supervisor.pid).not.toBe(mute);
  expect(isAlive(mute)).toBe(false);
});

test('a restart opens a folder with the options that it was given after the process was given up', async () => {
  const { client, folder, until } = createBench();
  const options = folder('a', 'date\n', { fatalModel: 'too-large' });
  client.openFolder({ ...options, model: 'too-large' });
  await until(() => client.service === 'failed', 'given up');
  client.openFolder(options);
  expect(client.folders[0]).toMatchObject({ activity: 'failed', error: { code: 'engine-crashed' } });
  await client.restart();
  expect((await client.search({ query: 'date', limit: 1 }))?.hits).toHaveLength(1);
});

test('a process that the system does not start is tried again', async () => {
  const { client, folder, until, log } = createBench();
  const { execPath } = process;
  // As after an update of the editor that took its program away, or where there may be no more processes.
  process.execPath = '/nowhere/node';
  try {
    client.openFolder(folder('a', 'date\n'));
    await until(() => client.service === 'restarting', 'restarting');
  } finally {
    process.execPath = execPath;
  }
  await until(() => client.service === 'ready', 'ready');
  expect(log).toContain('The background process ended: spawn /nowhere/node ENOENT.');
  expect((await client.search({ query: 'date', limit: 1 }))?.hits).toHaveLength(1);
});

test('who restarts twice, the process being slow to end, has one that answers', async () => {
  const { client, folder, until } = createBench();
  client.openFolder(folder('a', 'date\n', { closeBlocksMs: 2500 }));
  await until(() => client.folders[0]!.activity === 'idle', 'open');
  const first = client.restart();
  // The process is about to end by now, and hears nothing more.
  await sleep(200);
  await client.restart();
  await until(() => client.service === 'ready', 'ready');
  await first;
  expect((await client.search({ query: 'date', limit: 1 }))?.hits).toHaveLength(1);
});

test('stopping closes the engines and ends the process', async () => {
  const { client, folder, storageDir, until } = createBench();
  const options = folder('a', 'date\n', { batches: 1000, batchMs: 5 });
  client.openFolder(options);
  client.update(options.folder, WHOLE_FOLDER);
  await until(() => client.folders[0]!.progress !== null, 'updating');
  const pid = client.pid!;
  await client.stop();
  expect(isAlive(pid)).toBe(false);
  expect(readdirSync(storageDir).filter((name) => name.endsWith('.closed'))).toHaveLength(1);
  expect(client.folders[0]).toMatchObject({ activity: 'failed', error: { code: 'engine-stopped' } });
});

test('the process ends when its parent is killed', async () => {
  const parent = spawn(process.execPath, [join(import.meta.dirname, 'parent.ts'), FAKE_WORKER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
  const worker = Number(line.toString());
  expect(isAlive(worker)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'close');
  while (isAlive(worker)) await new Promise((resolve) => setTimeout(resolve, 20));
});

test('the process works below normal priority', async () => {
  const { client, folder } = createBench();
  client.openFolder(folder('a', 'date\n'));
  await client.search({ query: 'date', limit: 1 });
  expect(existsSync(`/proc/${client.pid}`)).toBe(true);
  const { getPriority } = await import('node:os');
  expect(getPriority(client.pid)).toBeGreaterThan(getPriority());
  // On Linux each thread has its own.
  const threads = process.platform === 'linux' ? readdirSync(`/proc/${client.pid}/task`) : [];
  const priorities = threads.map((thread) => getPriority(Number(thread)));
  expect(new Set(priorities)).toEqual(new Set(threads.length > 0 ? [getPriority(client.pid)] : []));
});
