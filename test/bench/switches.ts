/**
 * How long after a branch switch the new code is found: a real `git checkout` of 500 files in a repository made of the corpus,
 * the extension's queue, the engine's process, the scan of the whole folder, a search. What the editor's watcher tells is
 * told once git has ended, which is no earlier than the editor would. The corpus is left as it was.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ChangeQueue } from '../../src/extension/changes.ts';
import { ServiceClient } from '../../src/service/client.ts';
import { WHOLE_FOLDER } from '../../src/service/update-request.ts';
import { processorMs } from './processor-time.ts';

const FILES = 500;
/** To and fro. */
const SWITCHES = 6;
const POLL_MS = 5;

/** A function that only the other branch has, by the ending of its file; its name begins with a capital, as Go's may. */
const ADDED: Readonly<Record<string, (name: string) => string>> = {
  py: (name) => `\n\ndef ${name}():\n    return 1\n`,
  rb: (name) => `\n\ndef ${name}\n  1\nend\n`,
  go: (name) => `\n\nfunc ${name}() int {\n\treturn 1\n}\n`,
};

export interface SwitchTimes {
  readonly files: number;
  /** From the end of `git checkout` until a search tells the new state of each file that was asked for. */
  readonly foundMs: number[];
  /** Of the engine's process meanwhile, in milliseconds; empty where the system does not tell. */
  readonly processorMs: number[];
}

/** `repository`: a folder that is made and removed. */
export async function measureSwitches(
  corpus: string,
  repository: string,
  storageDir: string,
  installDir: string,
): Promise<SwitchTimes> {
  const changed = makeRepository(corpus, repository);
  const client = new ServiceClient({ workerPath: join(installDir, 'dist', 'worker.mjs'), log: () => undefined });
  const stampOf = async (path: string): Promise<number> => (await stat(join(repository, path))).mtimeMs;
  const queue = new ChangeQueue((request) => client.update(repository, request), stampOf);
  const foundMs: number[] = [];
  const usedMs: number[] = [];
  const used = (): number[] => (process.platform === 'linux' ? [processorMs(client.pid!)] : []);
  try {
    // A graph that is being built meanwhile is another figure.
    client.openFolder({ folder: repository, storageDir, installDir, vectorIndex: 'exact' });
    client.update(repository, WHOLE_FOLDER);
    await settled(client);
    for (let i = 0; i < SWITCHES; i++) {
      const isOther = i % 2 === 0;
      git(repository, 'checkout', '--quiet', isOther ? 'other' : 'one');
      const since = performance.now();
      const usedBefore = used();
      const before = client.folders[0]?.report;
      for (const path of [...changed, '.git/HEAD']) queue.push(path);
      while (client.folders[0]?.report === before) await setTimeout(POLL_MS);
      while (!(await tells(client, isOther))) await setTimeout(POLL_MS);
      foundMs.push(performance.now() - since);
      usedMs.push(...used().map((ms, at) => ms - usedBefore[at]!));
      await settled(client);
    }
  } finally {
    await client.stop();
    queue.dispose();
    for (const folder of [repository, storageDir]) rmSync(folder, { recursive: true, force: true });
  }
  return { files: changed.length, foundMs, processorMs: usedMs };
}

/** Two branches, `one` as the corpus is, `other` with a function more in each of 500 files. */
function makeRepository(corpus: string, repository: string): string[] {
  rmSync(repository, { recursive: true, force: true });
  // Git replaces files and writes into none, so that the corpus may share them.
  execFileSync('cp', ['-al', corpus, repository]);
  git(repository, 'init', '--quiet', '--initial-branch=one');
  git(repository, 'add', '--all', '--force');
  git(repository, 'commit', '--quiet', '--message=one');
  git(repository, 'checkout', '--quiet', '-b', 'other');
  const files = git(repository, 'ls-files', ...Object.keys(ADDED).map((ending) => `*.${ending}`))
    .trim()
    .split('\n');
  const step = files.length / FILES;
  const changed = Array.from({ length: FILES }, (_, i) => files[Math.floor(i * step)]!);
  for (const [i, path] of changed.entries()) {
    const file = join(repository, path);
    const text = readFileSync(file);
    rmSync(file);
    writeFileSync(file, Buffer.concat([text, Buffer.from(ADDED[path.split('.').at(-1)!]!(nameOf(i)))]));
  }
  git(repository, 'commit', '--quiet', '--all', '--message=other');
  git(repository, 'checkout', '--quiet', 'one');
  return changed;
}

const nameOf = (file: number): string =>
  `Quokka_${String(file).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)}_x`;

/** Asked of the first, the last and some between, since an update commits batch by batch. */
async function tells(client: ServiceClient, isOther: boolean): Promise<boolean> {
  for (const file of [0, 100, 250, 400, FILES - 1]) {
    const name = nameOf(file);
    const answer = await client.search({ query: name, limit: 5 });
    if (answer?.hits.some((hit) => hit.name === name) !== isOther) return false;
  }
  return true;
}

function git(folder: string, ...parameters: readonly string[]): string {
  const who = [
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@localhost',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'gc.auto=0',
  ];
  return execFileSync('git', ['-C', folder, ...who, ...parameters], { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

async function settled(client: ServiceClient): Promise<void> {
  await setTimeout(100);
  while (client.folders[0]?.activity !== 'idle') await setTimeout(POLL_MS);
}
