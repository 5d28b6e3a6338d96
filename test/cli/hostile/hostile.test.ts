/**
 * A repository made to do harm: nothing outside of it is read, nothing inside it is written, the commands end, and what they
 * print stays what it is. Seen is what JavaScript opens; `strace -f -y` on the same commands has shown the same.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SearchAnswer } from '../../../src/engine/api/search.ts';
import { INSTALL_DIR } from '../../engine/install.ts';
import { temporaryFolder } from '../../engine/temporary.ts';
import { type Finished, kenning } from '../command.ts';
import { call, connect } from '../mcp/client.ts';
import { type HostileRepository, listingOf, makeHostileRepository } from './repository.ts';

const QUESTION = 'water the garden lang:python';
/** What would move a cursor, end a line or turn letters around. */
const COMMANDS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

test.each([
  ['why', 1],
  ['similar', 2],
] as const)('%s of a name that no system takes is a sentence', async (command, expected) => {
  const [cwd, storageDir] = [temporaryFolder(), temporaryFolder()];
  const { code, stdout, stderr } = await kenning([command, 'x'.repeat(5000)], { cwd, storageDir });
  expect(code).toBe(expected);
  expect(stdout + stderr).toMatch(/^.+\.\n$/);
});

describe.skipIf(process.platform === 'win32')('a hostile repository', () => {
  let repository: HostileRepository;
  let storageDir: string;
  let log: string;
  let before: readonly string[];
  const env = (): Record<string, string> => ({
    NODE_OPTIONS: `--require=${join(import.meta.dirname, 'watch-files.cjs')}`,
    KENNING_FILES_LOG: log,
  });
  const run = (...args: string[]): Promise<Finished> =>
    kenning(args, { cwd: repository.folder, storageDir, env: env() });

  beforeAll(async () => {
    storageDir = mkdtempSync(join(tmpdir(), 'kenning-test-'));
    log = join(storageDir, 'files.log');
    writeFileSync(log, '');
    repository = makeHostileRepository();
    before = listingOf(repository.folder);
    const { code, stderr } = await run('index');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  afterAll(() => {
    rmSync(storageDir, { recursive: true, force: true });
    repository.remove();
  });

  test('every file of it is found under its own name, and nothing from outside', async () => {
    const { stdout } = await run('search', '--json', '--limit', '100', QUESTION);
    expect(COMMANDS.test(stdout.trimEnd())).toBe(false);
    const { results } = JSON.parse(stdout) as SearchAnswer;
    expect(results.flatMap(({ path, also = [] }) => [path, ...also.map((same) => same.path)]).sort()).toEqual(
      [...repository.found, 'hard.py'].sort(),
    );
  });

  test('a hit is two lines, whatever its file is called', async () => {
    const { stdout } = await run('search', '--limit', '100', QUESTION);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => COMMANDS.test(line))).toEqual([]);
    const heads = lines.filter((line) => !line.startsWith('    '));
    expect(heads.filter((line) => !/\.py:1 {2}water_the_garden_\d+ {2}\(function\)$/.test(line))).toEqual([]);
    const below = lines.filter((line) => line.startsWith('    '));
    expect(below.filter((line) => !/^ {4}(?:def water_the_garden_\d+|also: )/.test(line))).toEqual([]);
    expect(below.length).toBeGreaterThanOrEqual(heads.length);
  });

  test('a model reads one line for each hit', async () => {
    const { client } = await connect({ cwd: repository.folder, storageDir, env: env() });
    const { text } = await call(client, 'search_code', { query: QUESTION, limit: 50, maxTokens: 20_000 });
    await call(client, 'find_similar', { path: 'link.py', line: 1 });
    await call(client, 'find_similar', { path: '../outside/secret.py', line: 1 });
    await client.close();
    expect(text.split('\n').filter((line) => COMMANDS.test(line))).toEqual([]);
    expect(text).not.toContain('water_the_garden_901');
    expect(text.match(/^\d+\. .*\.py:1-\d+ water_the_garden_\d+ \(function/gm)).toHaveLength(
      repository.found.length + 1,
    );
  });

  test.each([
    ['link.py', 'symbolic link'],
    ['circle.py', 'symbolic link'],
    ['fifo.py', 'FIFO'],
    ['socket.py', 'socket'],
    ['sparse.py', 'larger than'],
    ['../outside/secret.py', 'outside the folder'],
  ])('why %s is not indexed', async (path, reason) => {
    const { code, stdout } = await run('why', path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining(reason) });
  });

  test('nothing inside is written, nothing outside is read', () => {
    expect(listingOf(repository.folder)).toEqual(before);
    const entries = readFileSync(log, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Opened);
    const opened = entries.filter(([name]) => name !== 'look' && name !== 'watching');
    expect(entries.filter(([name]) => name === 'watching').length).toBeGreaterThan(8);
    expect(opened.filter(([, path]) => isIn(path, repository.folder)).length).toBeGreaterThan(repository.found.length);
    expect(strangers(opened)).toEqual([]);
  });

  type Opened = readonly [name: string, path: string, real: string | null];

  /** Neither the folder's own, nor Kenning's, nor the user's settings for git. */
  function strangers(opened: readonly Opened[]): Opened[] {
    const own = [repository.folder, storageDir, INSTALL_DIR, '/proc', '/etc/gitconfig'];
    return opened.filter(
      ([, path, real]) =>
        !own.some((place) => isIn(path, place)) ||
        (isIn(path, repository.folder) && real !== null && !isIn(real, repository.folder)),
    );
  }
});

const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);
